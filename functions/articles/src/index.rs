//! Finding articles by words, in whatever form: a word is compared by its root (Snowball), its beginning counts too, and a
//! word of the title weighs more than one of the text.

use oktan_shared::domain::article::ArticleId;
use oktan_shared::markdown;
use oktan_shared::table::Article;
use std::collections::{BTreeMap, BTreeSet};

use crate::words::{Roots, words};

/// Words of a query that are looked at.
const WORDS_MAX: usize = 12;
/// What a word of the title counts; one of the text counts 1.
const TITLE: u32 = 8;
/// Times a word of the text counts.
const TIMES_MAX: u32 = 4;
/// Letters of a beginning that are enough to mean what goes on.
const BEGINNING_MIN: usize = 3;
/// The same of a root: `заправ` means `заправк`.
const ROOT_MIN: usize = 5;

/// Articles by their words.
pub struct Index {
    articles: Vec<Words>,
}

/// The words of an article, by their roots.
struct Words {
    id: ArticleId,
    /// How much each root weighs in it.
    weights: BTreeMap<String, u32>,
}

/// A word that is looked for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    roots: BTreeSet<String>,
    typed: String,
}

impl Index {
    /// An index of these.
    pub fn of<'a>(articles: impl Iterator<Item = &'a Article>) -> Self {
        let roots = Roots::new();
        Self { articles: articles.map(|article| Words::of(article, &roots)).collect() }
    }

    /// The articles among `those` that `query` is about, the best first. Without a single word in it there are none.
    pub fn find(&self, query: &str, those: impl Fn(&ArticleId) -> bool) -> Vec<ArticleId> {
        let roots = Roots::new();
        let wanted = words(query).take(WORDS_MAX).map(|typed| Wanted { roots: roots.of(&typed), typed });
        let wanted: BTreeSet<_> = wanted.collect();
        let readable = self.articles.iter().filter(|words| those(&words.id));
        let mut hits: Vec<_> = readable.filter_map(|words| words.hit(&wanted, self)).collect();
        let most = hits.iter().map(|hit| hit.found).max().unwrap_or_default();
        // What has less than half of the words that the best one has is not what was meant.
        hits.retain(|hit| hit.found.saturating_mul(2) >= most);
        hits.sort_by(|one, other| (other.found, other.score, one.id).cmp(&(one.found, one.score, other.id)));
        hits.into_iter().map(|hit| hit.id.clone()).collect()
    }

    /// How much it says that a word is in an article: the fewer have it the more. In doublings.
    fn rarity(&self, word: &Wanted) -> u32 {
        let having = self.articles.iter().filter(|words| words.weight(word) > 0).count();
        (1 + self.articles.len() / having.max(1)).ilog2()
    }
}

/// An article that has some of the words.
struct Hit<'a> {
    id: &'a ArticleId,
    found: usize,
    score: u32,
}

impl Words {
    fn of(article: &Article, roots: &Roots) -> Self {
        let mut weights: BTreeMap<String, u32> = BTreeMap::new();
        for root in words(&markdown::to_text(article.body.as_str(), usize::MAX)).flat_map(|word| roots.of(&word)) {
            let weight = weights.entry(root).or_default();
            *weight = weight.saturating_add(1).min(TIMES_MAX);
        }
        for root in words(article.title.as_str()).flat_map(|word| roots.of(&word)) {
            let weight = weights.entry(root).or_default();
            *weight = weight.saturating_add(TITLE);
        }
        Self { id: article.id.clone(), weights }
    }

    /// How much a word weighs here; half as much where only one begins like the other; 0 if it is not here.
    fn weight(&self, word: &Wanted) -> u32 {
        let same = word.roots.iter().filter_map(|root| self.weights.get(root)).max();
        if let Some(weight) = same {
            return weight.saturating_mul(2);
        }
        let going_on = word.roots.iter().filter(|root| root.chars().count() >= ROOT_MIN).map(|root| self.longer(root));
        let typed = (word.typed.chars().count() >= BEGINNING_MIN).then(|| self.longer(&word.typed));
        let begun = word.roots.iter().map(|root| self.shorter(root));
        going_on.chain(typed).chain(begun).max().unwrap_or_default()
    }

    /// How much the roots weigh that begin like this.
    fn longer(&self, beginning: &str) -> u32 {
        let longer = self.weights.range(beginning.to_owned()..).take_while(|(root, _)| root.starts_with(beginning));
        longer.map(|(_, weight)| *weight).max().unwrap_or_default()
    }

    /// How much the roots weigh that this begins with.
    fn shorter(&self, root: &str) -> u32 {
        let ends = root.char_indices().skip(ROOT_MIN).map(|(end, _)| end);
        ends.filter_map(|end| self.weights.get(root.get(..end)?)).copied().max().unwrap_or_default()
    }

    fn hit(&self, wanted: &BTreeSet<Wanted>, index: &Index) -> Option<Hit<'_>> {
        let weights: Vec<_> = wanted.iter().map(|word| (self.weight(word), word)).filter(|(w, _)| *w > 0).collect();
        let score = weights
            .iter()
            .fold(0u32, |score, (weight, word)| score.saturating_add(weight.saturating_mul(index.rarity(word))));
        (!weights.is_empty()).then_some(Hit { id: &self.id, found: weights.len(), score })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use oktan_shared::domain::article::{Audience, Category};
    use oktan_shared::domain::text::{Markdown, Title};
    use proptest::prelude::*;

    fn article(id: &str, title: &str, body: &str) -> Article {
        Article {
            id: ArticleId::parse(id).unwrap(),
            category: Category::HowTo,
            audience: Audience::Clients,
            title: Title::parse(title).unwrap(),
            body: Markdown::parse(body).unwrap(),
            published: true,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn base() -> Index {
        let articles = [
            article("limits.ru", "Лимиты карты", "Суточный лимит задаёт **потолок** литров. Карта без лимитов."),
            article("budget.ru", "Бюджет компании", "Доля карты — часть плана. Лимит — потолок."),
            article("recovery.ru", "Восстановление доступа", "Если вы забыли пароль, укажите ИНН или почту."),
            article("documents.ru", "Документы и счета", "Счёт на оплату, акт сверки, УПД за месяц."),
            article("cards.en", "Blocking cards", "A lost card is blocked in one click; limits stay."),
        ];
        Index::of(articles.iter())
    }

    fn find(query: &str) -> Vec<ArticleId> {
        base().find(query, |_| true)
    }

    fn first(query: &str) -> String {
        find(query).first().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn a_russian_word_is_found_in_every_form() {
        for query in ["лимит", "Лимиты", "лимитов", "лимитами", "ЛИМИТОМ", "лимите"]
        {
            assert_eq!(first(query), "limits.ru", "{query}");
        }
        for query in ["восстановить", "восстановления", "восстановлению доступом", "забыла пароли", "забыл пароль"]
        {
            assert_eq!(first(query), "recovery.ru", "{query}");
        }
        for query in ["счет", "счёта", "счетов", "документами", "актов сверок", "сверкой"]
        {
            assert_eq!(first(query), "documents.ru", "{query}");
        }
        for query in ["бюджетом", "доли карт в бюджете", "планы", "долю"] {
            assert_eq!(first(query), "budget.ru", "{query}");
        }
    }

    #[test]
    fn an_english_word_too_and_a_beginning_is_enough() {
        for query in ["block", "blocked card", "cards blocking", "lost"] {
            assert_eq!(first(query), "cards.en", "{query}");
        }
        for query in ["восст", "пар", "докум"] {
            assert!(!first(query).is_empty(), "{query}");
        }
        assert_eq!(find("па"), [], "too short to mean anything");
    }

    #[test]
    fn words_that_are_made_of_each_other_find_each_other() {
        let pairs = [
            ("восстановить", "восстановлена"),
            ("восстановление", "восстановить"),
            ("разблокировать", "разблокируйте"),
            ("блокировать", "блокировка"),
            ("заправить", "заправок"),
            ("оплатить", "оплата"),
            ("отказать", "отказано"),
            ("округление", "округлить"),
            ("reissue", "reissuing"),
        ];
        for (one, other) in pairs {
            for (title, query) in [(one, other), (other, one)] {
                let index = Index::of([article("a.ru", title, "х")].iter());
                assert_eq!(index.find(query, |_| true).len(), 1, "{query} in {title}");
            }
        }
    }

    #[test]
    fn a_word_of_the_title_goes_before_many_of_the_text_in_whatever_form() {
        let text = "Лимит, лимита, лимиту, лимитом, лимите: limits, limited, limiting. ".repeat(20);
        let articles = [article("b.ru", "О картах", &text), article("a.ru", "Суточные лимиты, limit", "Потолок.")];
        let index = Index::of(articles.iter());
        for query in ["лимит", "лимита", "лимитов", "лимитами", "лим", "limits", "limited"]
        {
            let found: Vec<_> = index.find(query, |_| true).iter().map(ToString::to_string).collect();
            assert_eq!(found, ["a.ru", "b.ru"], "{query}");
        }
    }

    #[test]
    fn the_title_weighs_more_than_the_text_and_all_words_more_than_some() {
        let found: Vec<_> = find("лимит").iter().map(ToString::to_string).collect();
        assert_eq!(found, ["limits.ru", "budget.ru"]);
        assert_eq!(first("доля лимит карта план"), "budget.ru");
        assert_eq!(find(""), []);
        assert_eq!(find("?! —"), []);
        assert_eq!(find("вертолёт"), []);
        let others = base().find("лимит", |id| id.slug.as_str() != "limits");
        assert_eq!(others.iter().map(ToString::to_string).collect::<Vec<_>>(), ["budget.ru"]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_finds_each_article_at_most_once(query in "\\PC{0,80}") {
            let found = find(&query);
            let distinct: BTreeSet<_> = found.iter().collect();
            prop_assert_eq!(distinct.len(), found.len());
        }

        #[test]
        fn an_article_is_found_by_any_word_of_its_title(which in 0usize..5) {
            let titles = ["Лимиты карты", "Бюджет компании", "Восстановление доступа", "Документы и счета", "Blocking cards"];
            let ids = ["limits.ru", "budget.ru", "recovery.ru", "documents.ru", "cards.en"];
            for word in titles[which].split(' ') {
                let found: Vec<_> = find(word).iter().map(ToString::to_string).collect();
                prop_assert!(found.contains(&ids[which].to_owned()), "{} {:?}", word, found);
            }
        }
    }
}
