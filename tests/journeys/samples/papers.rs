//! The accountant's papers: the things that samples are about, and their bodies.

use chrono::{Datelike as _, Months};
use oktan_tests::document::Operation;
use oktan_tests::{Company, Value, World, json};

/// Calls whose path names a month, which every company has.
pub const OF_ANY_MONTH: [&str; 1] = ["read_statement"];

/// Something of each.
pub struct Papers {
    /// An invoice of the company.
    invoice: String,
    /// The month before this one, in which nothing was.
    month: String,
}

/// Requisites that fit together.
pub fn requisites() -> Value {
    json!({
        "name": "ООО «НК ОКТАН»", "inn": "2635123457", "kpp": "263501001", "ogrn": "1022601900122",
        "address": "355000, Ставропольский край, г. Ставрополь, ул. Мира, 1", "phone": "8-865-228-09-48",
        "bank": "ПАО «Банк Ставрополье», г. Ставрополь", "bic": "040702615", "account": "40702810000000000123",
        "correspondent": "30101810600000000615", "director": "Иванов Пётр Сергеевич",
        "accountant": "Петрова Анна Ильинична",
    })
}

impl Papers {
    pub async fn set(world: &World, company: &Company) -> Self {
        let made = company.owner().await.post("/v1/invoices", json!({ "amount": "1.00" })).await.expect(201);
        let today = world.now().date_naive();
        let before = today.with_day(1).expect("a first") - Months::new(1);
        Self { invoice: made["id"].as_str().expect("a number").to_owned(), month: before.format("%Y-%m").to_string() }
    }

    /// The path of an operation that is about one of them.
    pub fn path(&self, operation: &Operation) -> String {
        let path = operation.path.replace("{month}", &self.month).replace("{invoice}", &self.invoice);
        match operation.id.as_str() {
            "read_invoice" => path.replace("{id}", &self.invoice),
            "read_document" => path.replace("{id}", &self.month),
            _ => path,
        }
    }

    /// A body, with every optional field; `null` where it is no operation on them.
    pub fn body(operation: &str) -> Value {
        match operation {
            "create_invoice" => json!({ "amount": "1500.00" }),
            "save_requisites" => requisites(),
            "close_month" => json!({}),
            _ => Value::Null,
        }
    }
}
