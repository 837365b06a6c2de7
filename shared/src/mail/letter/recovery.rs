//! Letters to who lost the way in.

use super::Letter;
use crate::domain::text::{Login, PersonName};
use url::Url;

impl Letter {
    /// Links to get in again, one for each login of this address; `minutes` is how long they work.
    pub fn recovery(links: &[(Login, Url)], minutes: i64, duty_phone: &str) -> Self {
        let hello = "Здравствуйте! Для вашего адреса попросили восстановить доступ в личный кабинет ОКТАН. \
                     Чтобы продолжить, откройте ссылку:";
        let mut paragraphs = vec![hello.to_owned()];
        for (login, link) in links {
            // The login stands below its link: the link is the first URL of the text, whatever a login looks like.
            paragraphs.extend([link.to_string(), format!("Это ссылка для входа «{login}».")]);
        }
        paragraphs.push(format!(
            "Действует только самая новая ссылка, {minutes} минут, и срабатывает один раз. Понадобятся два сведения о \
             вас: одно из них — номер договора или телефон."
        ));
        paragraphs.push(format!(
            "Если вы этого не просили, ничего не делайте: доступ не изменился. Вопросы — по телефону {duty_phone}."
        ));
        let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
        Self::write("Восстановление доступа в личный кабинет ОКТАН", &paragraphs)
    }

    /// Somebody got in again with a password of their choice.
    pub fn recovered(name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        Self::write(
            "Доступ в личный кабинет восстановлен",
            &[
                &format!("Здравствуйте, {name}!"),
                &format!(
                    "Доступ для входа «{login}» в личный кабинет ОКТАН восстановлен {when}, задан новый пароль. Все \
                     прежние сеансы завершены."
                ),
                &format!("Если это были не вы, немедленно позвоните нам: {duty_phone}."),
            ],
        )
    }

    /// To the address that was registered: it is no more.
    pub fn email_changed(name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        Self::write(
            "Адрес почты в личном кабинете изменён",
            &[
                &format!("Здравствуйте, {name}!"),
                &format!(
                    "По заявлению, которое проверили два сотрудника ОКТАН, адрес почты для входа «{login}» изменён \
                     {when}. Письма личного кабинета на этот адрес больше не приходят. Все прежние сеансы завершены."
                ),
                &format!("Если вы об этом не просили, немедленно позвоните нам: {duty_phone}."),
            ],
        )
    }
}
