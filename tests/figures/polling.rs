//! Every built function as Lambda starts it: polling before anything is configured, saying what is missing, connecting to
//! its store meanwhile.

use crate::process::built;
use oktan_start::{Answer, Function, SETTINGS, event};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The functions, as their folders have them.
fn functions() -> Vec<String> {
    let folders = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../functions")).expect("the functions");
    folders.map(|folder| folder.expect("a folder").file_name().into_string().expect("a name")).collect()
}

/// What a function with these settings makes of its first event: a problem's code and its sentence, or an error.
fn first_answer(function: &str, settings: &[(&str, &str)]) -> (String, String) {
    let mut process = Function::start(&built(function), settings).expect("it polls");
    match process.ask(&event::first(function)).expect("an answer, and that it polls again") {
        Answer::Error(message) => ("error".to_owned(), message),
        Answer::Response(answer) => match answer["body"].as_str() {
            None => ("answer".to_owned(), answer.to_string()),
            Some(body) => {
                let problem: Value = serde_json::from_str(body).expect("a problem");
                assert_eq!(problem["status"], answer["statusCode"]);
                let text = |name: &str| problem[name].as_str().expect("a text").to_owned();
                (text("code"), text("detail"))
            }
        },
    }
}

#[test]
fn a_function_without_settings_polls_and_says_which_one_is_missing() {
    let functions = functions();
    assert!(functions.len() >= 10, "{functions:?}");
    for function in functions {
        let code =
            if ["bounces", "mailer", "scheduler", "worker"].contains(&&*function) { "error" } else { "not_configured" };
        let (first, rest) = SETTINGS.split_first().expect("settings");
        for (settings, missing) in [(&[][..], "HOUSE_KEYS"), (rest, first.0)] {
            let expected = (code.to_owned(), format!("the setting {missing} is missing or malformed"));
            assert_eq!(first_answer(&function, settings), expected, "{function}");
        }
    }
}

#[test]
fn a_function_with_settings_polls_before_its_store_answers() {
    for function in functions() {
        let (kind, text) = first_answer(&function, SETTINGS);
        match &*function {
            "mailer" | "worker" => assert_eq!((&*kind, &*text), ("answer", r#"{"batchItemFailures":[]}"#)),
            "scheduler" => assert_eq!(kind, "error", "{text}"),
            "bounces" => assert_eq!((&*kind, &*text), ("answer", "null")),
            _ => assert_eq!(kind, "not_found", "{function}: {text}"),
        }
    }
}

/// Reads a request of a connection and refuses it; its head in lower case.
fn refused(connection: &TcpStream) -> String {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).expect("a line") > 0, "it closed after {head:?}");
    }
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap_or("0");
    reader.read_exact(&mut vec![0; length.parse().expect("a length")]).expect("a body");
    let body = r#"{"__type":"com.amazon.coral.validate#ValidationException","message":"no"}"#;
    let length = body.len();
    let mut writer = connection;
    write!(writer, "HTTP/1.1 400 Bad Request\r\ncontent-length: {length}\r\n\r\n{body}").expect("an answer");
    head
}

#[test]
fn the_first_call_goes_over_the_connection_that_the_start_opened() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("its address"));
    let settings = [SETTINGS, &[("DYNAMODB_ENDPOINT", &*endpoint)]].concat();
    let mut process = Function::start(&built("scheduler"), &settings).expect("it polls");
    let (connection, _) = listener.accept().expect("a connection");
    let opening = refused(&connection);
    assert!(opening.starts_with("get / http/1.1\r\n"), "{opening}");
    assert!(!opening.contains("authorization") && !opening.contains("x-amz-"), "{opening}");

    thread::sleep(Duration::from_millis(200)); // until it has read the answer
    let store = thread::spawn(move || refused(&connection));
    process.ask(&event::first("scheduler")).expect("an answer");
    let call = store.join().expect("a call over the same connection");
    assert!(call.starts_with("post / ") && call.contains("x-amz-target"), "{call}");
}
