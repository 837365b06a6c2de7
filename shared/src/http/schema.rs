//! The OpenAPI schemas of domain types, and what every operation may answer.

use super::problem::ProblemBody;
use crate::auth::Secret;
use crate::domain::article::Slug;
use crate::domain::authorization::Verdict;
use crate::domain::papers::{BankAccount, BankCode, BankName, Month, Ogrn, PaperNumber, SellerName};
use crate::domain::promotion::Percent;
use crate::domain::text::{
    CompanyName, ContractNumber, DocumentNumber, Email, FactText, Group, Hours, Identifier, Kpp, Label, Login,
    Markdown, MessageText, Note, PersonName, Phone, Place, ProductName, Purpose, Reason, Subject, TemplateName, Title,
};
use crate::domain::window::Zone;
use crate::domain::{
    CardNumber, CompanyId, Day, Inn, Kopecks, Millilitres, Pin, ProductCode, PromotionId, SessionId, StationCode,
    TerminalId, UserId,
    ids::{ApprovalId, ClaimId, DisputeId, JobId, MessageId, RequestId, TemplateId, TicketId, UnmatchedId},
};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{ContentBuilder, KnownFormat, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

macro_rules! text_schema {
    ($($type:ty: $example:literal, $pattern:expr, $about:literal;)+) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                let pattern: Option<&str> = $pattern;
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($about))
                    .examples([serde_json::Value::from($example)])
                    .pattern(pattern)
                    .into()
            }
        }
        impl ToSchema for $type {}
    )+};
}

text_schema! {
    Kopecks: "1500.00", Some(r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"), "Roubles, two decimals.";
    Millilitres: "40.000", Some(r"^-?[0-9]{1,15}(\.[0-9]{1,3})?$"), "Units of the product, three decimals.";
    Inn: "2622542570", Some("^([0-9]{10}|[0-9]{12})$"), "ИНН with its check digits.";
    Pin: "4071", Some("^[0-9]{4}$"), "Four digits.";
    CardNumber: "7826482103770000018", Some("^[0-9]{12,19}$"), "A card's number with its Luhn digit.";
    CompanyId: "48210377", Some("^[1-9][0-9]{7}$"), "A company.";
    ProductCode: "DT", Some("^[A-Z0-9]{1,8}$"), "A product.";
    PromotionId: "17", Some("^[1-9][0-9]{0,9}$"), "A promotion.";
    Percent: "5.00", Some(r"^[0-9]{1,3}(\.[0-9]{1,2})?$"), "Percent, 0.01 to 100, two decimals.";
    Slug: "card-limits", Some("^[a-z0-9]+(-[a-z0-9]+)*$"), "1 to 60 small Latin letters, digits, hyphens.";
    StationCode: "12", Some("^[A-Za-z0-9-]{1,8}$"), "A station.";
    TerminalId: "t0123456789ab", Some("^t[0-9a-f]{12}$"), "A terminal.";
    CompanyName: "ООО \"Колос-Транс\"", None, "A company's name, 1 to 200 characters.";
    PersonName: "Иванов Пётр Сергеевич", None, "A full name, 1 to 120 characters.";
    ContractNumber: "110/26-Т", None, "A contract's number, 1 to 40 characters.";
    DocumentNumber: "500", None, "A document's number, 1 to 40 characters.";
    Identifier: "ivanov", None, "A login, a mail address or an INN.";
    FactText: "110/26-Т", None, "As it stands on file, 1 to 120 characters.";
    Label: "А123ВС 26", None, "At most 60 characters.";
    Group: "Самосвалы", None, "At most 40 characters.";
    TemplateName: "Самосвалы", None, "1 to 60 characters.";
    Note: "", None, "At most 200 characters.";
    Purpose: "Оплата по договору № 110/26-Т", None, "At most 210 characters.";
    Reason: "Машина стояла в гараже", None, "1 to 1000 characters.";
    Place: "АЗС № 12", None, "1 to 200 characters.";
    ProductName: "ДТ зимнее", None, "1 to 60 characters.";
    Title: "Новая АЗС в Михайловске", None, "1 to 200 characters.";
    Subject: "Карта не работает", None, "1 to 120 characters.";
    Hours: "6:00–23:00", None, "At most 100 characters.";
    Markdown: "**Открылась** новая АЗС.", None, "Markdown of several lines, at most 20,000 bytes.";
    MessageText: "Здравствуйте!", None, "Several lines, at most 8,000 bytes.";
    Email: "office@client.example", None, "An e-mail address.";
    Phone: "+7 (8652) 18-42-25", None, "10 to 15 digits.";
    Login: "ivanov", Some("^[A-Za-z0-9._@-]{3,64}$"), "A login.";
    Kpp: "262201001", Some("^[0-9]{4}[0-9A-Z]{2}[0-9]{3}$"), "КПП.";
    Month: "2026-10", Some("^[0-9]{4}-[0-9]{2}$"), "A calendar month.";
    PaperNumber: "26-000123", Some("^[0-9]{2}-[0-9]{6,}$"), "A document's number.";
    SellerName: "ООО «НК ОКТАН»", None, "1 to 160 characters.";
    BankName: "ПАО Сбербанк, г. Москва", None, "1 to 120 characters.";
    Ogrn: "1027700132195", Some("^([0-9]{13}|[0-9]{15})$"), "ОГРН with its check digit.";
    BankCode: "044525225", Some("^04[0-9]{7}$"), "БИК.";
    BankAccount: "30101810400000000225", Some("^[0-9]{20}$"), "An account of twenty digits.";
    Zone: "Europe/Moscow", None, "A time zone of the IANA database.";
    Secret: "correct horse battery", None, "A secret.";
}

macro_rules! uuid_schema {
    ($($type:ty),+) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                let format = SchemaFormat::KnownFormat(KnownFormat::Uuid);
                ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
            }
        }
        impl ToSchema for $type {}
    )+};
}

uuid_schema!(
    UserId,
    SessionId,
    RequestId,
    ClaimId,
    ApprovalId,
    DisputeId,
    JobId,
    MessageId,
    TemplateId,
    TicketId,
    UnmatchedId
);

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Date);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl ToSchema for Day {}

impl PartialSchema for Verdict {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["approved", "partial", "declined"])).into()
    }
}

impl ToSchema for Verdict {}

/// A file, in the document.
#[derive(Debug, Clone, Copy)]
pub struct FileBytes;

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}

impl ToSchema for FileBytes {}

/// The document with what all operations share: the problem that every refusal is, and who is let in.
pub fn documented(mut document: OpenApi) -> OpenApi {
    use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), ProblemBody::schema());
    components.schemas.insert("FieldProblem".to_owned(), super::FieldProblem::schema());
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(super::SESSION_COOKIE)));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build());
    components.add_security_scheme("session", cookie);
    components.add_security_scheme("terminal", bearer);
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            refusals(operation);
        }
    }
    document
}

fn refusals(operation: &mut Operation) {
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let answer =
        ResponseBuilder::new().description("What went wrong.").content("application/problem+json", problem).build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(answer));
}
