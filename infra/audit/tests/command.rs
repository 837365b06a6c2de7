//! The auditor's command as a process.

#![allow(clippy::expect_used, clippy::unwrap_used)] // helpers of tests

use oktan_tests::World;
use std::path::Path;
use std::process::{Command, Output};

fn run(world: &World, key: &str, words: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_oktan-audit"))
        .env_clear()
        .env("CABINET_TABLE", "cabinet")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "local")
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .env("DYNAMODB_ENDPOINT", world.stack().dynamodb_endpoint())
        .env("MAC_KEY", key)
        .args(words)
        .output()
        .expect("the command runs");
    (status.code(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_says_by_its_exit_code_whether_every_chain_holds() {
    let world = World::start().await;
    let company = world.company().create().await;
    let key = world.app().config.mac_key.reveal().to_owned();
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("checkpoint.json").display().to_string();
    let (code, text) = run(&world, &key, &["--write", &file]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains(&format!("{} ", company.id)) && text.contains("2 chains, 0 findings"), "{text}");
    let (code, text) = run(&world, &key, &["--since", &file]);
    assert_eq!(code, Some(0), "{text}");

    let client = world.stack().dynamodb();
    let key_of = |name: &str, value: String| (name.to_owned(), aws_sdk_dynamodb::types::AttributeValue::S(value));
    for sk in ["JOURNAL#000000000002", "JOURNAL#000000000003"] {
        let row = [key_of("pk", format!("COMPANY#{}", company.id)), key_of("sk", sk.to_owned())].into_iter().collect();
        client.delete_item().table_name("cabinet").set_key(Some(row)).send().await.expect("it is gone");
    }
    let worse = dir.path().join("worse.json").display().to_string();
    let (code, text) = run(&world, &key, &["--since", &file, "--write", &worse]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("acts 2 to 3 are missing"), "{text}");
    assert!(!Path::new(&worse).exists(), "what does not hold is no checkpoint");

    // What could not be found out is neither.
    for (key, words) in [
        (key.as_str(), &["--nonsense"][..]),
        (key.as_str(), &["--since", "/no/such/file"]),
        ("short", &[]),
        ("another key of thirty-two bytes!!", &["--since", file.as_str()]),
    ] {
        assert_eq!(run(&world, key, words).0, Some(2), "{words:?}");
    }
    // Under another key nothing holds.
    assert_eq!(run(&world, "another key of thirty-two bytes!!", &[]).0, Some(1));
}
