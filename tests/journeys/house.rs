//! What the sources themselves must hold.

use std::fs;
use std::path::{Path, PathBuf};

/// A file may be a little over the 300 lines that the house aims at.
const LINES_MAX: usize = 330;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !matches!(name, "target" | "node_modules") && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_document_is_what_the_code_says() {
    let kept = fs::read_to_string(root().join("docs/openapi.json")).expect("docs/openapi.json");
    let generated = oktan_local::document().expect("the document");
    assert!(kept.trim_end() == generated.trim_end(), "docs/openapi.json is stale: generate it again");
}

#[tokio::test]
async fn the_document_is_served() {
    let world = oktan_tests::World::start().await;
    let answer = world.stranger().get("/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let generated: serde_json::Value = serde_json::from_str(&oktan_local::document().unwrap()).unwrap();
    assert_eq!(answer.expect(200), generated);
}

#[test]
fn the_domain_knows_no_world() {
    const CRATES: [&str; 8] = ["std", "serde", "chrono", "chrono_tz", "uuid", "rust_decimal", "super", "self"];
    const STRANGE: [&str; 15] = [
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant",
        "std::env",
        "env::",
        "std::fs",
        "std::net",
        "std::process",
        "std::thread",
        "tokio",
        "async ",
        ".await",
        "getrandom",
        "rand::",
    ];
    let mut files = Vec::new();
    sources(&root().join("shared/src/domain"), &mut files);
    assert!(files.len() > 20, "the domain is elsewhere");
    let mut offences = Vec::new();
    for path in files {
        let of_tests = path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
        let text = fs::read_to_string(&path).expect("a source");
        let mut within_tests = of_tests;
        for (line, at) in text.lines().zip(1..) {
            let code = line.split("//").next().unwrap_or_default();
            within_tests |= code.trim() == "#[cfg(test)]";
            let strange = STRANGE.iter().find(|word| code.contains(*word)).map(|word| (*word).to_owned());
            let imported = code.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
            let imported = imported.trim_start_matches("pub ").strip_prefix("use ");
            let first = imported.and_then(|path| path.split([':', ';', ' ', '{']).find(|part| !part.is_empty()));
            let written = |what: String| text.contains(&what);
            let declared = |name: &str| {
                let module = written(format!("mod {name};")) || written(format!("mod {name} {{"));
                module || written(format!("macro_rules! {name} "))
            };
            let local = |name: &str| declared(name) || name.starts_with(char::is_uppercase);
            let allowed = |name: &str| {
                CRATES.contains(&name) || name == "crate" || local(name) || (within_tests && name == "proptest")
            };
            let foreign = first.filter(|name| !allowed(name));
            let outside = code.split("crate::").skip(1).find(|rest| !rest.starts_with("domain"));
            let reason = strange.or(foreign.map(str::to_owned)).or(outside.map(|rest| format!("crate::{rest}")));
            if let Some(reason) = reason {
                offences.push(format!("{}:{at}: {reason}", path.display()));
            }
        }
    }
    assert!(offences.is_empty(), "the domain is pure:\n{}", offences.join("\n"));
}

#[test]
fn no_file_is_much_over_three_hundred_lines() {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    assert!(files.len() > 100, "the sources are elsewhere");
    let long: Vec<String> = files
        .iter()
        .map(|path| (path, fs::read_to_string(path).expect("a source").lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(path, lines)| format!("{}: {lines}", path.display()))
        .collect();
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}

#[test]
fn the_short_form_of_parity_names_journeys() {
    let names = fs::read_to_string(root().join("tests/parity/short")).expect("tests/parity/short");
    for name in names.lines() {
        let (module, journey) = name.split_once("::").expect("a module and a journey");
        let source = fs::read_to_string(root().join(format!("tests/journeys/{module}.rs"))).expect("a module");
        assert!(source.contains(&format!("async fn {journey}() {{")), "{name} is no journey");
    }
    assert!(names.lines().count() > 15, "{names}");
}

#[test]
fn no_test_is_ignored() {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    let mark = concat!("#[", "ignore");
    let ignored: Vec<_> =
        files.iter().filter(|path| fs::read_to_string(path).expect("a source").contains(mark)).collect();
    assert!(ignored.is_empty(), "{ignored:?}");
}
