//! Whether a promotion is still worth telling of.

use oktan_shared::App;
use oktan_shared::domain::PromotionId;
use oktan_shared::domain::account::CompanyStatus;
use oktan_shared::table::{Audience, StoreError};

/// Whether a company may still join: it was not withdrawn meanwhile, and the company is active.
pub async fn may_join(app: &App, id: PromotionId, to: &Audience) -> Result<bool, StoreError> {
    let Audience::Company { id: company, .. } = to else { return Ok(true) };
    let Some(account) = app.table.account(*company).await? else { return Ok(false) };
    let promotion = app.table.promotion(id).await?;
    let is_open = promotion
        .is_some_and(|promotion| promotion.state(app.clock.now()).is_open() && promotion.terms.is_for(*company));
    Ok(is_open && account.status == CompanyStatus::Active)
}
