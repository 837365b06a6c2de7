//! A company's templates of rules, and which of them new cards get.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::read::Query;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use crate::domain::CompanyId;
use crate::domain::ids::TemplateId;
use crate::domain::rules::Rules;
use crate::domain::text::TemplateName;
use crate::journal::Act;

/// The most templates of one company.
pub const TEMPLATES_MAX: usize = 50;

/// Rules with a name, to be given to cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Which.
    pub id: TemplateId,
    /// What people call it.
    pub name: TemplateName,
    /// What it gives.
    pub rules: Rules,
    /// Moves by every change.
    pub edition: u32,
}

/// All templates of a company.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    /// Which of them new cards get; none of them: fuel only.
    pub default: Option<TemplateId>,
    /// By id.
    pub all: Vec<Template>,
    /// Moves by every change of any of them.
    pub edition: u32,
}

impl Templates {
    /// The template of this id.
    pub fn find(&self, id: TemplateId) -> Option<&Template> {
        self.all.iter().find(|template| template.id == id)
    }

    /// What new cards get, if that is one of the company's own.
    pub fn chosen(&self) -> Option<&Template> {
        self.default.and_then(|id| self.find(id))
    }
}

/// What becomes of a template.
#[derive(Debug, Clone, Copy)]
pub enum TemplateChange<'a> {
    /// It is made, or becomes this.
    Put(&'a Template),
    /// It goes; cards keep the rules that it gave them.
    Remove(TemplateId),
}

fn template_item(company: CompanyId, template: &Template) -> Item {
    key::template(company, template.id)
        .build()
        .with("name", template.name.clone())
        .with("rules", Json(template.rules.clone()))
        .with("ed", template.edition)
        .item()
}

impl Table {
    /// A company's templates, in one round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn templates(&self, company: CompanyId) -> Result<Templates, StoreError> {
        let (rows, _) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                filter: None,
                values: Values::none().with("pk", key::company(company).pk).with("prefix", "TEMPLATE".to_owned()),
                newest_first: false,
                limit: TEMPLATES_MAX + 1,
                start: None,
            })
            .await?;
        let mut found = Templates::default();
        for row in &rows {
            let sk: String = get(row, "sk")?;
            let Some(id) = sk.strip_prefix("TEMPLATE#") else {
                (found.default, found.edition) = (find(row, "chosen")?, get(row, "ed")?);
                continue;
            };
            let Json(rules): Json<Rules> = get(row, "rules")?;
            self.know(rules.named_products()).await?;
            let id = id.parse().map_err(|_| StoreError::Corrupt("sk"))?;
            found.all.push(Template { id, name: get(row, "name")?, rules, edition: get(row, "ed")? });
        }
        Ok(found)
    }

    /// Makes, changes or removes a template, and says which of them new cards get; `false` if any of them was changed since
    /// `read`.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_templates(
        &self,
        company: CompanyId,
        read: &Templates,
        change: TemplateChange<'_>,
        default: Option<TemplateId>,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let head = key::templates(company).build().with("ed", read.edition.saturating_add(1)).maybe("chosen", default);
        let write = match read.edition {
            0 => Write::default().create(self, head.item()),
            edition => Write::default().replace_if(self, head.item(), "#ed = :ed", Values::none().with("ed", edition)),
        };
        let write = match change {
            TemplateChange::Put(template) => write.replace(self, template_item(company, template)),
            TemplateChange::Remove(id) => write.remove(self, &key::template(company, id)),
        };
        refused_is_false(self.commit_act(Some(company), act, write).await)
    }
}
