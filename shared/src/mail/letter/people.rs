//! Letters about a person's way in.

use super::Letter;
use crate::auth::Secret;
use crate::domain::text::PersonName;
use url::Url;

impl Letter {
    /// A password for one sign-in; `hours` is how long it works.
    pub fn one_time_password(
        name: &PersonName,
        login: &str,
        password: &Secret,
        entrance: &Url,
        hours: i64,
        duty_phone: &str,
    ) -> Self {
        Self::write(
            "Одноразовый пароль личного кабинета ОКТАН",
            &[
                "Здравствуйте! Для вас выпущен одноразовый пароль личного кабинета топливных карт ОКТАН. Вход:",
                entrance.as_str(),
                &format!("Одноразовый пароль: {}", password.reveal()),
                &format!("Он действует {hours} ч.; при входе вы зададите свой. Прежний пароль больше не подходит."),
                &format!("Получатель: {name}, логин {login}."),
                &format!("Если вы этого не ждали, немедленно позвоните нам: {duty_phone}."),
            ],
        )
    }

    /// To an owner: somebody's way in was made anew.
    pub fn credentials_reissued(name: &PersonName, login: &str, when: &str, duty_phone: &str) -> Self {
        Self::write(
            "Выданы новые данные для входа",
            &[
                &format!("Здравствуйте! Новые данные для входа в личный кабинет ОКТАН выданы {when}."),
                &format!("Кому: {name}, логин {login}. Они отправлены на адрес, который записан у этого пользователя."),
                &format!("Если вы этого не ждали, немедленно позвоните нам: {duty_phone}."),
            ],
        )
    }
}
