//! Letters to who lost the way in.

use super::Letter;
use crate::domain::news::Language;
use crate::domain::text::{Login, PersonName};
use url::Url;

impl Letter {
    /// Links to get in again, one for each login of this address; `minutes` is how long they work.
    pub fn recovery(language: Language, links: &[(Login, Url)], minutes: i64, duty_phone: &str) -> Self {
        let (subject, hello, only_newest, nothing_to_do) = match language {
            Language::Ru => (
                "Восстановление доступа в личный кабинет ОКТАН",
                "Здравствуйте! Для вашего адреса попросили восстановить доступ в личный кабинет ОКТАН. Чтобы продолжить, \
                 откройте ссылку:",
                format!(
                    "Действует только самая новая ссылка, {minutes} минут, и срабатывает один раз. Понадобятся два \
                     сведения о вас: одно из них — номер договора или телефон."
                ),
                format!(
                    "Если вы этого не просили, ничего не делайте: доступ не изменился. Вопросы — по телефону {duty_phone}."
                ),
            ),
            Language::En => (
                "Getting into your OKTAN cabinet again",
                "Hello! Somebody asked to restore the access of your address to the OKTAN cabinet. To go on, open the \
                 link:",
                format!(
                    "Only the newest link works, for {minutes} minutes, once. You will need two facts about yourself: one \
                     of them is the contract number or a phone."
                ),
                format!("If you did not ask for this, do nothing: your access is as it was. Questions: {duty_phone}."),
            ),
        };
        let mut paragraphs = vec![hello.to_owned()];
        for (login, link) in links {
            // The login stands below its link: the link is the first URL of the text, whatever a login looks like.
            let whose = match language {
                Language::Ru => format!("Это ссылка для входа «{login}»."),
                Language::En => format!("This link is for login “{login}”."),
            };
            paragraphs.extend([link.to_string(), whose]);
        }
        paragraphs.extend([only_newest, nothing_to_do]);
        let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
        Self::write(language, subject, &paragraphs)
    }

    /// Somebody got in again with a password of their choice.
    pub fn recovered(language: Language, name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        match language {
            Language::Ru => Self::write(
                language,
                "Доступ в личный кабинет восстановлен",
                &[
                    &format!("Здравствуйте, {name}!"),
                    &format!(
                        "Доступ для входа «{login}» в личный кабинет ОКТАН восстановлен {when}, задан новый пароль. Все \
                         прежние сеансы завершены."
                    ),
                    &format!("Если это были не вы, немедленно позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "Your access to the cabinet was restored",
                &[
                    &format!("Hello, {name}!"),
                    &format!(
                        "The access of login “{login}” to the OKTAN cabinet was restored on {when} with a new password. \
                         All earlier sessions have been ended."
                    ),
                    &format!("If it was not you, call us at once: {duty_phone}."),
                ],
            ),
        }
    }

    /// To the address that was registered: it is no more.
    pub fn email_changed(language: Language, name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        match language {
            Language::Ru => Self::write(
                language,
                "Адрес почты в личном кабинете изменён",
                &[
                    &format!("Здравствуйте, {name}!"),
                    &format!(
                        "По заявлению, которое проверили два сотрудника ОКТАН, адрес почты для входа «{login}» изменён \
                         {when}. Письма личного кабинета на этот адрес больше не приходят. Все прежние сеансы завершены."
                    ),
                    &format!("Если вы об этом не просили, немедленно позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "The e-mail address of your cabinet was changed",
                &[
                    &format!("Hello, {name}!"),
                    &format!(
                        "Upon a claim that two people of OKTAN checked, the e-mail address of login “{login}” was changed \
                         on {when}. The cabinet's mail comes to this address no more. All earlier sessions have been ended."
                    ),
                    &format!("If you did not ask for this, call us at once: {duty_phone}."),
                ],
            ),
        }
    }
}
