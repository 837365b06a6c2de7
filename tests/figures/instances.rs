//! Several instances of the pump's function over one database, as Lambda runs them. Within an instance the requests of a
//! card take turns; between instances only the conditions of the writes decide.

use oktan_shared::{App, Clock};
use oktan_tests::{Pump, World};

/// The terminal's requests, at `count` instances of their own.
pub async fn pumps(world: &World, pump: &Pump, count: usize) -> Vec<Pump> {
    let mut pumps = Vec::with_capacity(count);
    for _ in 0..count {
        pumps.push(pump_with(world, pump, world.app().clock.clone()).await);
    }
    pumps
}

/// The terminal's requests, at an instance with a clock of its own.
pub async fn pump_with(world: &World, pump: &Pump, clock: Clock) -> Pump {
    let app = App::new((*world.app().config).clone(), clock);
    let router = oktan_shared::http::finish(oktan_pump::routes(), app);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    pump.at(&format!("http://{address}"))
}
