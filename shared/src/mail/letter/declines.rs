//! Letters about declined fills.

use super::Letter;
use url::Url;

impl Letter {
    /// A fill was declined: `card` is the last digits, `asked` what, where and when, `why` a sentence for each rule.
    pub fn fill_declined(card: &str, label: &str, asked: &str, why: &[String], link: &Url, duty_phone: &str) -> Self {
        Self::write(
            &format!("Отказ в заправке по карте …{card}"),
            &[
                "Здравствуйте! По карте вашей компании отказано в заправке. Посмотреть и разрешить одну заправку сверх лимита:",
                link.as_str(),
                // Below the link: it is the first URL of the text, whatever a label looks like.
                format!("Карта …{card} {label}").trim_end(),
                &format!("Запрошено: {asked}."),
                &format!("Причина: {}.", why.join("; ")),
                "О следующих отказах по этой карте в течение 10 минут отдельных писем не будет: они видны по ссылке.",
                &format!("Дежурный телефон: {duty_phone}."),
            ],
        )
    }
}
