//! Markdown that people wrote, as HTML that can do nothing but be read.
//!
//! Raw HTML is shown as the text it is. A link leads to `https`, `http`, `mailto`, `tel` or a place of our own, or is no
//! link; a picture is its description. What is left are the tags that `pulldown-cmark` itself writes, of which a reader
//! needs the few below.

use pulldown_cmark::{Alignment, CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Text in Markdown as HTML: paragraphs, headings from the second level down, lists, quotes, tables, emphasis, links, code.
pub fn to_html(markdown: &str) -> String {
    let mut links = Vec::new();
    let events = parse(markdown).filter_map(move |event| match event {
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let good = is_harmless(dest_url);
            links.push(good);
            good.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        // A block of HTML is a paragraph of text.
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        // The page's own title is the only first heading. No attribute is the writer's.
        Event::Start(Tag::Heading { level, .. }) => {
            let level = level.max(pulldown_cmark::HeadingLevel::H2);
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(level)) => {
            Some(Event::End(TagEnd::Heading(level.max(pulldown_cmark::HeadingLevel::H2))))
        }
        // An alignment would be a style in the tag, which the page's policy refuses.
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))),
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))),
        other => Some(other),
    });
    let mut out = String::with_capacity(markdown.len().saturating_mul(2));
    html::push_html(&mut out, events);
    out
}

/// The first `max` characters of the text alone, in one line, cut between words: for a list and for a description.
pub fn to_text(markdown: &str, max: usize) -> String {
    let mut text = String::new();
    for event in parse(markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            // What ends within a sentence keeps the sentence together.
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= max {
        return text;
    }
    let cut: String = text.chars().take(max).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches(|last: char| last.is_whitespace() || ".,:;—-…".contains(last)))
}

fn parse(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// Whether a link may lead there: to a known scheme, or to a path or an anchor of our own. A scheme ends at the first
/// colon, and a browser skips what cannot be seen, so nothing of that is let through.
fn is_harmless(url: &CowStr<'_>) -> bool {
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    let own = (url.starts_with('/') && !url.starts_with("//")) || url.starts_with('#');
    let known = ["https://", "http://", "mailto:", "tel:"];
    own || known.iter().any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_writer_needs_is_there() {
        let html = to_html(
            "# Заголовок\n\nТекст **важный**, [ссылка](https://x.example/a?b=1&c=2).\n\n- раз\n- два\n\n|a|b|\n|-|-|\n|1|2|",
        );
        assert!(html.starts_with("<h2>Заголовок</h2>\n<p>Текст <strong>важный</strong>, "), "{html}");
        assert!(html.contains("<a href=\"https://x.example/a?b=1&amp;c=2\">ссылка</a>"), "{html}");
        assert!(html.contains("<ul>\n<li>раз</li>") && html.contains("<table>"), "{html}");
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "<!-- --><iframe src=//e.example></iframe>",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>\n\ntext",
            "<a href='javascript:alert(1)'>x</a>",
        ] {
            let html = to_html(evil);
            let only_ours = html.split('<').skip(1).all(|tag| ["p>", "/p>"].iter().any(|ours| tag.starts_with(ours)));
            assert!(only_ours, "{evil}: {html}");
        }
    }

    #[test]
    fn a_link_that_does_anything_is_no_link() {
        for evil in [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](<java\tscript:alert(1)>)",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](//evil.example)",
            "[x](/\\evil.example)",
            "[x](\\\\evil.example)",
            "[x][a]\n\n[a]: javascript:alert(1)",
            "![x](https://evil.example/pixel.gif)",
            "![x](javascript:alert(1))",
        ] {
            assert_eq!(to_html(evil).trim(), "<p>x</p>", "{evil}");
        }
        assert_eq!(to_html("<javascript:alert(1)>").trim(), "<p>javascript:alert(1)</p>");
        let quoted = to_html("[x](https://a.example/\"onmouseover=\"alert(1))");
        assert!(!quoted.contains("\"onmouseover"), "{quoted}");
        for good in ["https://a.example", "http://a.example", "mailto:a@b.example", "tel:+78652", "/stations/12", "#a"]
        {
            assert!(to_html(&format!("[x]({good})")).contains("<a href=\""), "{good}");
        }
    }

    #[test]
    fn a_fence_gives_no_attribute() {
        assert_eq!(to_html("```\" onclick=\"x\ncode\n```"), "<pre><code>code\n</code></pre>\n");
    }

    #[test]
    fn a_column_gives_no_style() {
        let html = to_html("|a|b|\n|:-:|-:|\n|1|2|");
        assert!(html.contains("<th>a</th><th>b</th>") && html.contains("<td>1</td>"), "{html}");
    }

    #[test]
    fn the_text_alone_is_cut_between_words() {
        assert_eq!(to_text("# Новая\n\n**АЗС** [тут](/x) <b>и</b> там", 200), "Новая АЗС тут и там");
        assert_eq!(to_text("Открылась новая станция", 16), "Открылась новая…");
        assert_eq!(to_text("Лимит и доля. Срок карты", 15), "Лимит и доля…");
        assert_eq!(to_text("Лимит — потолок", 10), "Лимит…");
    }

    #[test]
    fn what_is_marked_within_a_sentence_leaves_no_space_behind() {
        let marked = "**АЗС** работает [круглосуточно](/x). ~~До 22:00~~, *теперь* — `всегда`; ![фото](/y)!";
        assert_eq!(to_text(marked, 200), "АЗС работает круглосуточно. До 22:00, теперь — всегда; фото!");
        assert_eq!(
            to_text("- раз\n- **два**\n\n|a|b|\n|-|-|\n|1|*2*|", 200),
            "раз два a b 1 2",
            "cells and items are apart"
        );
    }

    proptest! {
        #[test]
        fn nothing_that_anybody_writes_makes_another_tag_or_attribute(text in "[<>\"'&a-z:/=()\\[\\]!`#*|\\-\n \t\\\\]{0,120}") {
            let html = to_html(&text);
            let tags = [
                "p>", "h2>", "h3>", "h4>", "h5>", "h6>", "ul>", "ol>", "li>", "blockquote>", "pre>", "code>", "em>", "strong>",
                "del>", "table>", "thead>", "tbody>", "tr>", "td>", "th>", "hr />", "br />", "a>", "a href=\"", "ol start=\"",
            ];
            for tag in html.split('<').skip(1) {
                let tag = tag.strip_prefix('/').unwrap_or(tag);
                prop_assert!(tags.iter().any(|ours| tag.starts_with(ours)), "{:?}: {}", text, html);
                if let Some(link) = tag.strip_prefix("a href=\"") {
                    prop_assert!(["http", "mailto:", "tel:", "/", "#"].iter().any(|start| link.starts_with(start)), "{}", html);
                }
            }
        }
    }
}
