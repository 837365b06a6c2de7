//! What somebody with the rights to write the table does to the journal, and what the auditor says.

#![allow(clippy::expect_used, clippy::unwrap_used)] // helpers of tests

use aws_sdk_dynamodb::types::AttributeValue;
use oktan_audit::{Checkpoint, CheckpointError, Finding, Report, Wrong, audit};
use oktan_shared::auth::{Keys, Secret};
use oktan_shared::domain::CompanyId;
use oktan_tests::{World, json};
use std::collections::HashMap;

type Row = HashMap<String, AttributeValue>;

/// A company with twelve acts, and hands in the table.
struct Scene {
    world: World,
    company: CompanyId,
}

const ACTS: u64 = 12;

impl Scene {
    async fn set() -> Self {
        let world = World::start().await;
        let company = world.company().create().await;
        let (owner, card) = (company.owner().await, format!("/v1/cards/{}", company.card()));
        for n in 0..4 {
            let reason = json!({ "reason": format!("раз {n}") });
            owner.post(&format!("{card}/block"), reason).await.expect(200);
            owner.post_nothing(&format!("{card}/unblock")).await.expect(200);
        }
        let scene = Self { company: CompanyId::parse(&company.id).unwrap(), world };
        let report = scene.report(None).await;
        assert_eq!(report.findings, []);
        assert_eq!(report.heads[&Some(scene.company)].seq, ACTS);
        assert!(report.heads[&None].seq >= 3);
        scene
    }

    async fn report(&self, since: Option<&Checkpoint>) -> Report {
        let app = self.world.app();
        audit(&app.table, &app.keys, since, self.world.now()).await.expect("the table answers")
    }

    /// What is wrong with the company's chain; the other chains hold.
    async fn wrong(&self, since: Option<&Checkpoint>) -> Vec<Wrong> {
        let findings = self.report(since).await.findings;
        assert!(findings.iter().all(|finding: &Finding| finding.scope == Some(self.company)), "{findings:?}");
        findings.into_iter().map(|finding| finding.wrong).collect()
    }

    fn key(&self, sk: &str) -> Row {
        let text = |text: String| AttributeValue::S(text);
        HashMap::from([
            ("pk".to_owned(), text(format!("COMPANY#{}", self.company))),
            ("sk".to_owned(), text(sk.to_owned())),
        ])
    }

    async fn row(&self, sk: &str) -> Row {
        let call = self.world.stack().dynamodb().get_item().table_name("cabinet").set_key(Some(self.key(sk)));
        call.send().await.expect("a row").item.expect("a row")
    }

    async fn put(&self, sk: &str, row: Row) {
        let row: Row = row.into_iter().chain(self.key(sk)).collect();
        let call = self.world.stack().dynamodb().put_item().table_name("cabinet").set_item(Some(row));
        call.send().await.expect("it is put");
    }

    async fn remove(&self, sk: &str) {
        let call = self.world.stack().dynamodb().delete_item().table_name("cabinet").set_key(Some(self.key(sk)));
        call.send().await.expect("it is gone");
    }
}

fn link(seq: u64) -> String {
    format!("JOURNAL#{seq:012}")
}

fn with(mut row: Row, name: &str, value: &str) -> Row {
    row.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
    row
}

fn text(row: &Row, name: &str) -> String {
    row[name].as_s().expect("a text").clone()
}

#[tokio::test]
async fn an_edited_act_is_found() {
    let scene = Scene::set().await;
    let row = scene.row(&link(7)).await;
    let edited = text(&row, "act").replace("раз 1", "раз 9");
    assert_ne!(edited, text(&row, "act"));
    scene.put(&link(7), with(row.clone(), "act", &edited)).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Edited { seq: 7 }]);
    // With the MAC of another link, with none, with no act at all.
    let other = text(&scene.row(&link(6)).await, "mac");
    scene.put(&link(7), with(row.clone(), "mac", &other)).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Edited { seq: 7 }, Wrong::Unlinked { seq: 8 }]);
    let mut bare = row.clone();
    bare.remove("act");
    scene.put(&link(7), bare).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Unreadable { seq: 7 }]);
    scene.put(&link(7), with(row.clone(), "previous", "")).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Edited { seq: 7 }]);
    scene.put(&link(7), row).await;
    assert_eq!(scene.wrong(None).await, []);
}

#[tokio::test]
async fn a_removed_act_is_found() {
    let scene = Scene::set().await;
    scene.remove(&link(5)).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Missing { from: 5, to: 5 }]);
    scene.remove(&link(6)).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Missing { from: 5, to: 6 }]);
    scene.remove(&link(1)).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Missing { from: 1, to: 1 }, Wrong::Missing { from: 5, to: 6 }]);
}

#[tokio::test]
async fn acts_that_changed_places_are_found() {
    let scene = Scene::set().await;
    let (one, other) = (scene.row(&link(5)).await, scene.row(&link(6)).await);
    scene.put(&link(5), other.clone()).await;
    scene.put(&link(6), one.clone()).await;
    assert_eq!(scene.wrong(None).await[..2], [Wrong::Edited { seq: 5 }, Wrong::Edited { seq: 6 }]);
    // Only what they say, and not what chains them.
    scene.put(&link(5), with(one.clone(), "act", &text(&other, "act"))).await;
    scene.put(&link(6), with(other, "act", &text(&one, "act"))).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Edited { seq: 5 }, Wrong::Edited { seq: 6 }]);
}

#[tokio::test]
async fn an_act_that_was_put_in_is_found() {
    let scene = Scene::set().await;
    let copy = scene.row(&link(5)).await;
    scene.put("JOURNAL#0000000000055", copy.clone()).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Foreign]);
    scene.remove("JOURNAL#0000000000055").await;
    // At the end, with the head moved to it.
    scene.put(&link(ACTS + 1), copy.clone()).await;
    let wrong = scene.wrong(None).await;
    assert_eq!(wrong, [Wrong::Edited { seq: ACTS + 1 }, Wrong::HeadElsewhere { seq: ACTS }]);
    let mut head = with(scene.row("CHAIN").await, "mac", &text(&copy, "mac"));
    head.insert("seq".to_owned(), AttributeValue::N((ACTS + 1).to_string()));
    scene.put("CHAIN", head).await;
    assert_eq!(scene.wrong(None).await, [Wrong::Edited { seq: ACTS + 1 }]);
}

#[tokio::test]
async fn a_chain_cut_short_is_found_by_its_head_and_without_it_by_the_checkpoint() {
    let scene = Scene::set().await;
    let before = Checkpoint::of(&scene.report(None).await);
    for seq in [ACTS, ACTS - 1] {
        scene.remove(&link(seq)).await;
    }
    let lost = Wrong::Lost { from: ACTS - 1, to: ACTS };
    let cut = Wrong::Truncated { from: ACTS - 1, to: ACTS };
    assert_eq!(scene.wrong(None).await, std::slice::from_ref(&cut));
    assert_eq!(scene.wrong(Some(&before)).await, [cut, lost.clone()]);
    // The head is cut too: nothing in the table tells.
    let mut head = with(scene.row("CHAIN").await, "mac", &text(&scene.row(&link(ACTS - 2)).await, "mac"));
    head.insert("seq".to_owned(), AttributeValue::N((ACTS - 2).to_string()));
    scene.put("CHAIN", head).await;
    assert_eq!(scene.wrong(None).await, []);
    assert_eq!(scene.wrong(Some(&before)).await, [lost]);
    // And the house, which knows nothing of it, goes on from there.
    let company = scene.company.to_string();
    let staff = scene.world.admin().await;
    for _ in 0..2 {
        let path = format!("/v1/staff/companies/{company}");
        staff.post(&format!("{path}/suspend"), json!({ "reason": "" })).await.expect(200);
        staff.post_nothing(&format!("{path}/resume")).await.expect(200);
    }
    assert_eq!(scene.wrong(None).await, []);
    assert_eq!(scene.wrong(Some(&before)).await, [Wrong::Rewritten { seq: ACTS }]);
}

#[tokio::test]
async fn a_missing_head_and_a_missing_chain_are_found() {
    let scene = Scene::set().await;
    let before = Checkpoint::of(&scene.report(None).await);
    let head = scene.row("CHAIN").await;
    scene.remove("CHAIN").await;
    assert_eq!(scene.wrong(None).await, [Wrong::NoHead]);
    scene.put("CHAIN", with(head, "mac", "")).await;
    assert_eq!(scene.wrong(None).await, [Wrong::HeadElsewhere { seq: ACTS }]);
    scene.remove("CHAIN").await;
    for seq in 1..=ACTS {
        scene.remove(&link(seq)).await;
    }
    assert_eq!(scene.wrong(None).await, [Wrong::NoChain]);
    // The company is gone with all that is its.
    scene.remove("COMPANY").await;
    assert_eq!(scene.wrong(None).await, []);
    assert_eq!(scene.wrong(Some(&before)).await, [Wrong::NoChain, Wrong::Lost { from: 1, to: ACTS }]);
}

#[tokio::test]
async fn acts_that_go_on_meanwhile_are_no_finding() {
    let scene = Scene::set().await;
    let staff = scene.world.admin().await;
    let acts = async {
        for _ in 0..15 {
            let path = format!("/v1/staff/companies/{}", scene.company);
            staff.post_nothing(&format!("{path}/suspend")).await.expect(200);
            staff.post_nothing(&format!("{path}/resume")).await.expect(200);
        }
    };
    tokio::pin!(acts);
    let mut runs = 0;
    loop {
        tokio::select! {
            () = &mut acts => break,
            wrong = scene.wrong(None) => {
                assert_eq!(wrong, []);
                runs += 1;
            }
        }
    }
    assert!(runs > 3, "{runs}");
}

#[tokio::test]
async fn a_checkpoint_comes_back_as_it_was_and_only_under_its_key() {
    let scene = Scene::set().await;
    let checkpoint = Checkpoint::of(&scene.report(None).await);
    let keys = &scene.world.app().keys;
    let file = checkpoint.seal(keys);
    assert_eq!(Checkpoint::open(&file, keys), Ok(checkpoint));
    let edited = file.replace(&format!("\"seq\": {ACTS}"), "\"seq\": 3");
    assert_ne!(edited, file);
    assert_eq!(Checkpoint::open(&edited, keys), Err(CheckpointError::Edited));
    let other = Keys::for_audit(Secret::new("another key of thirty-two bytes!!"));
    assert_eq!(Checkpoint::open(&file, &other), Err(CheckpointError::Edited));
    assert_eq!(Checkpoint::open("{}", keys), Err(CheckpointError::Malformed));
}
