//! The site's sentences. A table that lacks one does not compile.

mod en;
mod ru;

pub use en::EN;
pub use ru::RU;

macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        /// The sentences of one language. `{…}` is filled in by [`fill`].
        pub struct Words { $(pub $name: &'static str),+ }

        impl Words {
            /// Each sentence with its name.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),+]
            }
        }
    };
}

words! {
    // The frame.
    brand, home_label, skip, menu, nav_label, footer_label, stations, services, about, become_client, contacts, cabinet, duty,
    duty_note, legal_name, other_language, other_language_label, print_from,
    // Home.
    home_tab, home_description, home_title, home_lead, example_can, example_litres, example_reason, example_used,
    example_cap, example_reset, example_caption, prices_title, prices_note, prices_all, price_from, no_prices,
    find_title, find_lead, what_we_do, cabinet_title, cabinet_lead, cabinet_1, cabinet_1_text, cabinet_2,
    cabinet_2_text, cabinet_3, cabinet_3_text, become_more,
    // Stations.
    stations_tab, stations_description, stations_title, stations_lead, filter_label, near, near_hint, near_unknown, fuel,
    fuel_any, amenities, show, reset, locate, locate_waiting, locate_refused, found, found_none, found_none_note,
    no_stations, map_label, map_note, list_label, on_map, distance_m, distance_km, nearest_to, per_litre, per_cubic_metre,
    per_piece, price_list, station_tab, station_description, all_stations, address, coordinates, open_in_maps, where_it_is,
    cafe, shop, wash, wifi, around_the_clock,
    closed_now,
    // Services.
    services_description, services_title, services_lead, cards, cards_text, wholesale, wholesale_text, retail, retail_text,
    gas, gas_text, shops_title, shops_lead, shops_none, at_stations, amenity_cafe_text, amenity_shop_text,
    amenity_wash_text, amenity_wifi_text, amenity_24h_text,
    // News.
    news, all_news, news_description, news_none, news_older, news_newest, months,
    // Promotions.
    promotions, all_promotions, promotions_description, promotions_lead, promotions_none, promotion_days,
    promotion_off_unit, promotion_off_percent, promotion_per_unit, promotion_minimum, promotion_minimum_text,
    promotion_any, promotion_products, promotion_products_all, promotion_stations, promotion_stations_all,
    promotion_when, promotion_discount, promotion_join,
    // About.
    about_description, about_title, about_lead, about_what, about_what_text, about_where, about_where_text, about_how,
    about_how_text, about_order, about_order_text,
    // How to become a client.
    become_description, become_title, become_lead, steps_title, step_1, step_1_text, step_2, step_2_text, step_3, step_3_text, step_4,
    step_4_text, need_title, need_1, need_2, need_3, need_4, private_title, private_text, already_title, already_text,
    // Contacts.
    contacts_description, contacts_title, contacts_lead, reception, accounting, legal, duty_text, reception_text,
    accounting_text, legal_text,
    // Writing to the administration.
    write_title, write_lead, write_name, write_how, write_by_email, write_by_phone, write_email, write_phone, write_body,
    write_send, write_sent, write_sent_text, write_again, write_wrong, write_too_many, wrong_name, wrong_email, wrong_phone,
    wrong_body, leave_empty, email_label,
    // What is not there, or not now.
    missing_title, missing_text, failed_title, failed_text, to_home, to_stations,
}

/// A sentence with its places filled in.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
