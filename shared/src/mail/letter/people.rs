//! Letters about a person's way in.

use super::Letter;
use crate::auth::Secret;
use crate::domain::news::Language;
use crate::domain::text::PersonName;
use url::Url;

impl Letter {
    /// A password for one sign-in; `hours` is how long it works.
    pub fn one_time_password(
        language: Language,
        name: &PersonName,
        login: &str,
        password: &Secret,
        entrance: &Url,
        hours: i64,
        duty_phone: &str,
    ) -> Self {
        let password = password.reveal();
        match language {
            Language::Ru => Self::write(
                language,
                "Одноразовый пароль личного кабинета ОКТАН",
                &[
                    "Здравствуйте! Для вас выпущен одноразовый пароль личного кабинета топливных карт ОКТАН. Вход:",
                    entrance.as_str(),
                    &format!("Одноразовый пароль: {password}"),
                    &format!("Он действует {hours} ч.; при входе вы зададите свой. Прежний пароль больше не подходит."),
                    &format!("Получатель: {name}, логин {login}."),
                    &format!("Если вы этого не ждали, немедленно позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "A one-time password of your OKTAN cabinet",
                &[
                    "Hello! You have been given a one-time password to the OKTAN fuel card cabinet. Sign in here:",
                    entrance.as_str(),
                    &format!("One-time password: {password}"),
                    &format!("It works for {hours} hours; you set your own as you sign in. The old one works no more."),
                    &format!("Recipient: {name}, login {login}."),
                    &format!("If you did not expect this, call us at once: {duty_phone}."),
                ],
            ),
        }
    }

    /// To an owner: somebody's way in was made anew.
    pub fn credentials_reissued(
        language: Language,
        name: &PersonName,
        login: &str,
        when: &str,
        duty_phone: &str,
    ) -> Self {
        match language {
            Language::Ru => Self::write(
                language,
                "Выданы новые данные для входа",
                &[
                    &format!("Здравствуйте! Новые данные для входа в личный кабинет ОКТАН выданы {when}."),
                    &format!(
                        "Кому: {name}, логин {login}. Они отправлены на адрес, который записан у этого пользователя."
                    ),
                    &format!("Если вы этого не ждали, немедленно позвоните нам: {duty_phone}."),
                ],
            ),
            Language::En => Self::write(
                language,
                "New credentials were issued",
                &[
                    &format!("Hello! New credentials to the OKTAN cabinet were issued on {when}."),
                    &format!("To whom: {name}, login {login}. They were sent to the address on file of this person."),
                    &format!("If you did not expect this, call us at once: {duty_phone}."),
                ],
            ),
        }
    }
}
