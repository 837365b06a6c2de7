//! Hands the outbox's new rows to the mailer and to the worker, as Lambda's event source mappings do when deployed: to each its
//! own, INSERT only, in order, in batches, from its last place on; what a function reports as failed is tried again with all
//! that follows it. A record that keeps failing is let go after a while: the scheduler finds its row.

use std::cmp::Ordering;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::dynamodb::Event;
use aws_lambda_events::event::streams::DynamoDbEventResponse;
use dynoxide::actions::get_records::Record;
use oktan_shared::App;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::Failure;
use crate::database::TableStream;
use crate::home::Home;

/// Letters to a batch, as deployed.
const BATCH_MAX: usize = 10;
/// Jobs to a batch, as deployed.
const JOBS_MAX: usize = 1;
/// Tries of a record before it is left to the scheduler.
const TRIES_MAX: u32 = 5;
/// The wait after a failure doubles up to this.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// A function that is handed rows of the outbox.
pub struct Consumer {
    /// Where its place in the stream is kept.
    file: &'static str,
    /// What the partition keys of its rows begin with.
    prefix: &'static str,
    /// Records to a batch.
    batch_max: usize,
    /// The function, in this process.
    handle: fn(App, Value) -> Handled,
}

/// Letters.
pub const MAILER: Consumer = Consumer {
    file: "stream.json",
    prefix: "MAIL#",
    batch_max: BATCH_MAX,
    handle: |app, event| Box::pin(async move { Ok(oktan_mailer::handle(&app, parsed(event)?).await) }),
};

/// Long work.
pub const WORKER: Consumer = Consumer {
    file: "stream-jobs.json",
    prefix: "JOB#",
    batch_max: JOBS_MAX,
    handle: |app, event| {
        Box::pin(async move { Ok(oktan_worker::handle(&app, parsed(event)?, oktan_worker::WORK_FOR).await) })
    },
};

fn parsed(event: Value) -> Result<Event, Failure> {
    serde_json::from_value(event).map_err(|cause| Failure::new("a record of the outbox stream", cause))
}

/// The outbox's stream and a function's place in it. Cheap to clone; clones share the place.
#[derive(Clone)]
pub struct Feed {
    to: &'static Consumer,
    app: App,
    stream: TableStream,
    home: Home,
    place: Arc<Mutex<Place>>,
}

/// A lost place is harmless: the mailer knows what it has sent, the worker what is done.
struct Place {
    /// The last record that is over.
    after: Option<String>,
    /// The engine's word for it.
    iterator: Option<String>,
    /// Failures in a row at the record that follows.
    tries: u32,
}

/// A function's answer under way.
type Handled = Pin<Box<dyn Future<Output = Result<DynamoDbEventResponse, Failure>> + Send>>;

/// What came of one look at the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Nothing new.
    Idle,
    /// Some records are over.
    Moved,
    /// The first record that is left failed this many times.
    Failed(u32),
}

impl Feed {
    /// Goes on from the place that was saved.
    pub fn open(to: &'static Consumer, app: App, stream: TableStream, home: Home) -> Result<Self, Failure> {
        let after = home.load(to.file)?;
        let place = Place { after, iterator: None, tries: 0 };
        Ok(Self { to, app, stream, home, place: Arc::new(Mutex::new(place)) })
    }

    /// Reads on until nothing is new, at most until a record fails.
    pub async fn drain(&self) -> Result<(), Failure> {
        self.drain_to(self.function()).await
    }

    /// The same with another function than the one in this process: the event as Lambda's, the answer as the function's.
    pub async fn drain_to<M, F>(&self, function: M) -> Result<(), Failure>
    where
        M: Fn(Value) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, Failure>> + Send + 'static,
    {
        while self.look(&function).await? == Look::Moved {}
        Ok(())
    }

    /// The function in this process.
    fn function(&self) -> impl Fn(Value) -> Handled + Send + Sync {
        let (app, handle) = (self.app.clone(), self.to.handle);
        move |event| handle(app.clone(), event)
    }

    /// Reads on for ever, looking `every` so often.
    pub async fn run(self, every: Duration) {
        let function = self.function();
        loop {
            let pause = match self.look(&function).await {
                Ok(Look::Moved) => continue,
                Ok(Look::Idle) => every,
                Ok(Look::Failed(tries)) => PAUSE_MAX.min(every * 2_u32.saturating_pow(tries)),
                Err(failure) => {
                    tracing::warn!(%failure, "the outbox stream");
                    PAUSE_MAX
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn look<M, F>(&self, function: &M) -> Result<Look, Failure>
    where
        M: Fn(Value) -> F,
        F: Future<Output = Result<DynamoDbEventResponse, Failure>> + Send + 'static,
    {
        let mut place = self.place.lock().await;
        let iterator = match place.iterator.take() {
            Some(iterator) => iterator,
            None => self.stream.iterator(place.after.clone()).await?,
        };
        let read = self.stream.records(iterator.clone(), self.to.batch_max).await?;
        if read.records.is_empty() {
            place.iterator = Some(iterator);
            return Ok(Look::Idle);
        }
        let records = read.records;
        let numbers: Vec<String> = records.iter().map(|record| record.dynamodb.sequence_number.clone()).collect();
        let failed = hand_over(self.to, function, records).await?;
        // Everything before the first failure is over.
        let over = failed.as_ref().map_or(numbers.len(), |failed| {
            numbers.iter().position(|number| in_order(number, failed) != Ordering::Less).unwrap_or(numbers.len())
        });
        place.tries = match (over, failed) {
            (_, None) => 0,
            (0, Some(_)) => place.tries + 1,
            (_, Some(_)) => 1,
        };
        let (tries, mut over) = (place.tries, over);
        if tries >= TRIES_MAX {
            tracing::warn!(tries, "a record of the outbox stream is left to the scheduler");
            (place.tries, over) = (0, over + 1);
        }
        let Some(last) = over.checked_sub(1) else { return Ok(Look::Failed(tries)) };
        place.after = numbers.get(last).cloned();
        if over == numbers.len() {
            place.iterator = read.next_shard_iterator;
        }
        self.remember(place.after.clone()).await;
        Ok(if place.tries == 0 { Look::Moved } else { Look::Failed(tries) })
    }

    async fn remember(&self, after: Option<String>) {
        let (home, file) = (self.home.clone(), self.to.file);
        let saved = tokio::task::spawn_blocking(move || home.save(file, &after)).await;
        if !matches!(saved, Ok(Ok(()))) {
            tracing::warn!("the place in the outbox stream could not be saved; what is done will be seen again");
        }
    }
}

/// Gives its inserts to the function; the sequence number of the first that failed. A panic fails them all.
async fn hand_over<M, F>(to: &Consumer, function: &M, mut records: Vec<Record>) -> Result<Option<String>, Failure>
where
    M: Fn(Value) -> F,
    F: Future<Output = Result<DynamoDbEventResponse, Failure>> + Send + 'static,
{
    let is_its = |record: &Record| {
        let keys = serde_json::to_value(&record.dynamodb.keys).unwrap_or_default();
        keys["pk"]["S"].as_str().is_some_and(|pk| pk.starts_with(to.prefix))
    };
    records.retain(|record| record.event_name == "INSERT" && is_its(record));
    let Some(first) = records.first().map(|record| record.dynamodb.sequence_number.clone()) else {
        return Ok(None);
    };
    Ok(match tokio::spawn(function(json!({ "Records": records }))).await {
        Ok(answer) => {
            let failed = answer?.batch_item_failures.into_iter();
            failed.map(|failure| failure.item_identifier.unwrap_or_else(|| first.clone())).min_by(|a, b| in_order(a, b))
        }
        Err(_) => Some(first),
    })
}

/// Sequence numbers are decimal, without leading zeros.
fn in_order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}
