//! A figure that needs the machine to itself, which the tests of one program do not have: many terminals of one company.
//! Purse cards share no row, so that a far store slows each fill and not the fills.

#[path = "../figures/report.rs"]
mod report;

use oktan_shared::App;
use oktan_tests::{Company, Pump, World, json};
use reqwest::Method;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// How far the store is: what is sent to it arrives so much later.
const FAR: Duration = Duration::from_millis(25);
/// Terminals, each at a card and an instance of its own.
const WORKERS: usize = 16;
/// How many times what one asks in a time all of them must ask.
const AT_LEAST: f64 = 14.0;
/// How long is counted.
const COUNTED: Duration = Duration::from_secs(4);
/// Measures until one is within the figure: whatever else runs on the machine only slows.
const ROUNDS: usize = 20;
/// What is on a purse, roubles.
const PURSE: &str = "1000000.00";

/// The store's address as seen from far away.
async fn far_from(store: &str) -> String {
    let store = store.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let far = TcpStream::connect(&store).await.expect("the store");
            for socket in [&near, &far] {
                socket.set_nodelay(true).expect("a socket");
            }
            let ((near_reads, near_writes), (far_reads, far_writes)) = (near.into_split(), far.into_split());
            tokio::spawn(carry(near_reads, far_writes, FAR));
            tokio::spawn(carry(far_reads, near_writes, Duration::ZERO));
        }
    });
    format!("http://{address}")
}

/// Carries bytes over, each so much later; what follows does not wait for what is under way.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, later: Duration) {
    let (under_way, mut arrives) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((at, bytes)) = arrives.recv().await {
            sleep_until(at).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
    });
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if under_way.send((Instant::now() + later, bytes[..count].to_vec())).is_err() {
            return;
        }
    }
}

/// The terminal at an instance of its own that is far from the store.
async fn far_pump(world: &World, pump: &Pump, store: &str) -> Pump {
    let mut config = (*world.app().config).clone();
    config.dynamodb_endpoint = Some(store.to_owned());
    let app = App::new(config, world.app().clock.clone());
    let router = oktan_shared::http::finish(oktan_pump::routes(), app);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    pump.at(&format!("http://{address}"))
}

/// Fills of so many workers that were approved and given back within the time, in a second.
async fn in_a_second(pumps: &[Pump], cards: &[String]) -> f64 {
    let until = Instant::now() + COUNTED;
    let workers = pumps.iter().zip(cards).map(|(pump, card)| {
        let (pump, card) = (pump.clone(), card.clone());
        tokio::spawn(async move {
            let mut fills = 0_u32;
            while Instant::now() < until {
                let id = pump.hold(&card, "1.000").await;
                pump.reverse(&id).await.expect(200);
                fills += 1;
            }
            fills
        })
    });
    let mut fills = 0;
    for worker in workers.collect::<Vec<_>>() {
        fills += worker.await.expect("a worker");
    }
    f64::from(fills) / COUNTED.as_secs_f64()
}

async fn company_with_purses(world: &World) -> Company {
    let company = world.company().cards(0).purses(WORKERS).payment("90000000.00").create().await;
    let owner = company.owner().await;
    for purse in &company.purses {
        let ask = owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", purse);
        ask.json(&json!({ "from": "account", "to": purse, "amount": PURSE })).send().await.expect(201);
    }
    company
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_terminals_of_one_company_fill_fourteen_times_what_one_does() {
    let world = World::start().await;
    let company = company_with_purses(&world).await;
    let store = far_from(world.stack().dynamodb_endpoint()).await;
    let mut pumps = Vec::new();
    for _ in 0..WORKERS {
        pumps.push(far_pump(&world, &company.pump, &store).await);
    }
    // The first fill of an instance connects and reads the catalogue.
    in_a_second(&pumps, &company.purses).await;
    let (mut rows, mut times) = (Vec::new(), 0.0);
    for _ in 0..ROUNDS {
        let one = in_a_second(&pumps[..1], &company.purses).await;
        let all = in_a_second(&pumps, &company.purses).await;
        times = f64::max(times, all / one);
        rows.push(row![format!("{one:.1}"), format!("{all:.1}"), format!("{:.1}", all / one)]);
        if times >= AT_LEAST {
            break;
        }
    }
    report::table("Purse fills in a second, a store 25 ms away", &["1 worker", "16 workers", "times"], &rows);
    assert!(times >= AT_LEAST, "{rows:?}");
}
