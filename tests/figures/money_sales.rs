//! Promotions that are joined, left and changed while fills are under way.

use crate::dice::Dice;
use oktan_tests::{Company, World, json};

/// The promotions of a world.
#[derive(Clone)]
pub struct Sales {
    ids: Vec<String>,
}

impl Sales {
    pub async fn publish(world: &World) -> Self {
        world.pump().await;
        let admin = world.admin().await;
        let sales = [
            (json!({ "per_unit": "1.37" }), "0", json!([])),
            (json!({ "percent": "3.33" }), "10.001", json!(["DT", "CNG"])),
            (json!({ "per_unit": "99.00" }), "20", json!(["AI95"])),
            (json!({ "percent": "100" }), "47", json!(["GOODS", "DT"])),
        ];
        let mut ids = Vec::new();
        for (discount, minimum, products) in sales {
            let ask = json!({
                "title": "Акция", "body": "Дешевле", "from": "2026-01-01", "to": "2099-12-31", "discount": discount,
                "minimum_quantity": minimum, "products": products, "stations": [],
            });
            let made = admin.post("/v1/staff/promotions", ask).await.expect(201);
            ids.push(made["id"].as_str().expect("an id").to_owned());
        }
        Self { ids }
    }

    /// The company joins or leaves one, or its terms become others.
    pub async fn act(&self, world: &World, company: &Company, dice: &mut Dice) {
        let id = dice.pick(&self.ids);
        let path = format!("/v1/promotions/{id}/participation");
        let owner = company.owner().await;
        match dice.between(0, 5) {
            0..=2 => drop(owner.post_nothing(&path).await.expect(200)),
            3 => drop(owner.delete(&path).await.expect(200)),
            4 => {
                let off = dice.between(1, 9_999);
                let edit = json!({ "discount": { "per_unit": oktan_tests::numbers::roubles(off) } });
                world.admin().await.patch(&format!("/v1/staff/promotions/{id}"), edit).await.expect(200);
            }
            _ => {
                let part = dice.between(1, 10_000);
                let edit = json!({ "discount": { "percent": oktan_tests::numbers::roubles(part) } });
                world.admin().await.patch(&format!("/v1/staff/promotions/{id}"), edit).await.expect(200);
            }
        }
    }
}
