//! The forty vehicles of the demo and what their cards are allowed.

use serde_json::{Value, json};

/// A vehicle, its card and its habits.
pub struct Vehicle {
    /// Its plate.
    pub label: &'static str,
    /// Its card's group.
    pub group: &'static str,
    /// What it burns; a truck takes winter diesel in winter.
    pub product: &'static str,
    /// Litres of a usual fill.
    pub usual_l: i64,
    /// Tenths of a working day from fill to fill.
    pub every: i64,
    /// Litres for 100 km.
    pub per_100_km: i64,
    /// The station it fuels at most, by its place.
    pub home: usize,
    /// What its card is allowed.
    pub rules: Allowed,
}

/// What a card is allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// 105 litres of diesel a day: the card of the tour.
    Tour,
    /// Diesel, 260 litres a day.
    Truck,
    /// Diesel, 2,400 litres a month.
    Monthly,
    /// 14,000 roubles a week, five fills a day.
    Van,
    /// Petrol and the wash, 60 litres a day.
    Car,
    /// Gas or petrol, 260 litres a week.
    Gas,
    /// 80 litres a day, Monday to Saturday, six to nine.
    Hours,
    /// 45,000 roubles a month at the first two stations.
    Near,
    /// Anything.
    Free,
}

const fn v(
    label: &'static str,
    group: &'static str,
    product: &'static str,
    [usual_l, every, per_100_km]: [i64; 3],
    home: usize,
    rules: Allowed,
) -> Vehicle {
    Vehicle { label, group, product, usual_l, every, per_100_km, home, rules }
}

use Allowed::{Car, Free, Gas, Hours, Monthly, Near, Tour, Truck, Van};

/// Of «Колос-Транс». The first is the card of the tour, the last replaces the one at [`LOST`].
pub const KOLOS: [Vehicle; 17] = [
    v("А123ВС 126", "Зерновозы", "DT", [68, 30, 34], 0, Tour),
    v("Е456КХ 126", "Зерновозы", "DT", [124, 30, 36], 0, Truck),
    v("М789ОР 126", "Зерновозы", "DT", [118, 40, 35], 1, Monthly),
    v("Т012УН 26", "Развозка", "AI92", [42, 40, 14], 0, Van),
    v("Х345АЕ 26", "Развозка", "AI95", [37, 30, 11], 1, Van),
    v("О678МС 26", "Директор", "AI95", [44, 60, 9], 0, Free),
    v("В915НК 126", "Зерновозы", "DT", [131, 30, 36], 5, Truck),
    v("К204ТО 126", "Зерновозы", "DT", [110, 30, 33], 5, Truck),
    v("Н317ВУ 126", "Зерновозы", "DT", [142, 35, 38], 2, Truck),
    v("С428ЕР 126", "Зерновозы", "DT", [128, 35, 36], 0, Monthly),
    v("У539ХА 126", "Зерновозы", "DT", [96, 25, 31], 5, Truck),
    v("А640МН 26", "Развозка", "LPG", [46, 25, 15], 1, Gas),
    v("Е751СТ 26", "Развозка", "AI92", [40, 35, 13], 2, Hours),
    v("М862КВ 26", "Развозка", "AI92", [38, 45, 12], 0, Near),
    v("Р973ОЕ 26", "Агрономы", "AI92", [35, 40, 10], 5, Car),
    v("Т084РУ 26", "Агрономы", "AI95", [41, 50, 10], 1, Car),
    v("В915НК 126", "Зерновозы", "DT", [131, 30, 36], 5, Truck),
];
/// The card of «Колос-Транс» that its driver lost.
pub const LOST: usize = 6;

/// Of «Ставстрой-Логистик».
pub const STAVSTROY: [Vehicle; 19] = [
    v("А118РК 126", "Самосвалы", "DT", [156, 30, 42], 2, Truck),
    v("В229СМ 126", "Самосвалы", "DT", [148, 30, 41], 2, Truck),
    v("Е330ТА 126", "Самосвалы", "DT", [162, 35, 43], 3, Truck),
    v("К441УВ 126", "Самосвалы", "DT", [151, 30, 42], 3, Monthly),
    v("М552ХЕ 126", "Самосвалы", "DT", [139, 35, 40], 0, Truck),
    v("Н663АК 126", "Самосвалы", "DT", [158, 40, 42], 4, Truck),
    v("О774ВМ 126", "Миксеры", "DT", [126, 30, 48], 0, Truck),
    v("Р885ЕН 126", "Миксеры", "DT", [121, 30, 47], 1, Truck),
    v("С996КО 126", "Миксеры", "DT", [118, 35, 46], 3, Monthly),
    v("Т107МР 126", "Краны", "DT", [88, 60, 52], 0, Hours),
    v("У218НС 126", "Краны", "DT", [92, 70, 54], 3, Truck),
    v("Х329ОТ 26", "Бригады", "LPG", [48, 30, 16], 2, Gas),
    v("А430РУ 26", "Бригады", "AI92", [44, 35, 14], 3, Van),
    v("В541СХ 26", "Бригады", "AI92", [41, 35, 14], 4, Van),
    v("Е652ТА 26", "Бригады", "CNG", [28, 20, 12], 3, Free),
    v("К763УВ 26", "Бригады", "AI92", [39, 40, 13], 0, Near),
    v("М874ХЕ 26", "Контора", "AI95", [46, 50, 9], 0, Car),
    v("Н985АК 26", "Контора", "AI95", [43, 60, 9], 4, Car),
    v("О096ВМ 26", "Контора", "AI98", [51, 50, 12], 4, Free),
];

/// Of the sole trader.
pub const SOLE: [Vehicle; 4] = [
    v("С203ОН 26", "", "DT", [64, 25, 17], 5, Hours),
    v("Т314РО 26", "", "DT", [58, 30, 16], 5, Hours),
    v("У425СР 26", "", "LPG", [44, 25, 15], 1, Gas),
    v("Х536ТС 26", "", "AI95", [40, 50, 9], 0, Car),
];

impl Vehicle {
    /// Whether it works in the fields, more in harvest.
    pub fn is_of_harvest(&self) -> bool {
        self.group == "Зерновозы"
    }

    /// Whether it may go through the wash on its card.
    pub fn washes(&self) -> bool {
        matches!(self.rules, Van | Car | Free)
    }
}

impl Allowed {
    /// The litres that the card may take in a day, where that is a limit a driver runs into.
    pub fn daily_l(self) -> Option<i64> {
        match self {
            Truck => Some(260),
            Hours => Some(80),
            Car => Some(60),
            _ => None,
        }
    }

    /// A body for the card's limits; `None` leaves it free.
    pub fn to_rules(self) -> Option<Value> {
        let diesel = json!({ "mode": "allow", "codes": ["DT", "DTZ"] });
        Some(match self {
            Tour => json!({ "limits": [limit("litres", "day", "105")], "products": diesel }),
            Truck => json!({
                "limits": [limit("litres", "day", "260"), limit("roubles", "month", "400000")], "products": diesel,
            }),
            Monthly => json!({ "limits": [limit("litres", "month", "2400")], "products": diesel }),
            Van => json!({ "limits": [limit("roubles", "week", "14000"), limit("fills", "day", "5")] }),
            Car => json!({
                "limits": [limit("litres", "day", "60")],
                "products": { "mode": "allow", "codes": ["AI92", "AI95", "WASH"] },
            }),
            Gas => json!({
                "limits": [limit("litres", "week", "260")],
                "products": { "mode": "allow", "codes": ["LPG", "AI92"] },
            }),
            Hours => json!({
                "limits": [limit("litres", "day", "80")],
                "schedule": { "weekdays": [1, 2, 3, 4, 5, 6], "from": "06:00", "to": "21:00" },
            }),
            Near => json!({
                "limits": [limit("roubles", "month", "45000")],
                "stations": { "mode": "allow", "codes": ["12", "7"] },
            }),
            Free => return None,
        })
    }
}

fn limit(measure: &str, period: &str, amount: &str) -> Value {
    json!({ "measure": measure, "period": period, "amount": amount, "products": [] })
}
