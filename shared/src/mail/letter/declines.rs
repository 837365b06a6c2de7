//! Letters about declined fills.

use super::Letter;
use crate::domain::news::Language;
use url::Url;

impl Letter {
    /// A fill was declined: `card` is the last digits, `asked` what, where and when, `why` a sentence for each rule.
    pub fn fill_declined(
        language: Language,
        card: &str,
        label: &str,
        asked: &str,
        why: &[String],
        link: &Url,
        duty_phone: &str,
    ) -> Self {
        let why = why.join("; ");
        // The label stands below the link: it is the first URL of the text, whatever a label looks like.
        match language {
            Language::Ru => Self::write(
                language,
                &format!("Отказ в заправке по карте …{card}"),
                &[
                    "Здравствуйте! По карте вашей компании отказано в заправке. Посмотреть и разрешить одну заправку \
                     сверх лимита:",
                    link.as_str(),
                    format!("Карта …{card} {label}").trim_end(),
                    &format!("Запрошено: {asked}."),
                    &format!("Причина: {why}."),
                    "О следующих отказах по этой карте в течение 10 минут отдельных писем не будет: они видны по ссылке.",
                    &format!("Дежурный телефон: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                &format!("A fill on card …{card} was declined"),
                &[
                    "Hello! A fill on a card of your company was declined. See it and allow one fill above the limit:",
                    link.as_str(),
                    format!("Card …{card} {label}").trim_end(),
                    &format!("Asked for: {asked}."),
                    &format!("Reason: {why}."),
                    "Further declines of this card within 10 minutes are not mailed one by one: the link shows them.",
                    &format!("Duty phone: {duty_phone}."),
                ],
            ),
        }
    }
}
