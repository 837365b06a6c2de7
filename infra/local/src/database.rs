//! DynamoDB inside the process: the embedded engine (SQLite beneath it) behind its own HTTP server on a
//! free loopback port, so that the production code reaches it with the real SDK, over the wire.
//!
//! Every answered write is on disk: SQLite runs in WAL mode with `synchronous = FULL` (its default, which
//! the engine leaves alone), so a commit is flushed before the answer leaves, and `kill -9` loses nothing.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use dynoxide::actions::describe_table::DescribeTableRequest;
use dynoxide::actions::get_records::{GetRecordsRequest, GetRecordsResponse};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use oktan_shared::table::RawRow;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;

use crate::Failure;

/// Connections waiting to be accepted; the SDK opens one for every request in flight.
const BACKLOG_MAX: u32 = 1024;
/// How long a stop waits for requests under way before it lets go of them.
const STOP_WAIT: Duration = Duration::from_secs(3);
/// One shard per table is all the engine has, under this prefix.
const SHARD_PREFIX: &str = "shardId-00000001-";

/// The running emulator. Dropping it stops the server as well, only without waiting.
pub struct Database {
    engine: dynoxide::Database,
    endpoint: String,
    stop: Option<oneshot::Sender<()>>,
    stopped: Option<oneshot::Receiver<()>>,
}

impl Database {
    /// Opens the file (or memory, for `None`) and serves it on a free port of 127.0.0.1.
    ///
    /// The engine answers on the thread that reads the request and has one lock for all its tables, so
    /// it is given a thread and a small runtime of its own: a flush to disk never holds up the functions.
    pub async fn start(file: Option<&Path>) -> Result<Self, Failure> {
        let file: Option<PathBuf> = file.map(Path::to_path_buf);
        let engine = tokio::task::spawn_blocking(move || open(file.as_deref()))
            .await
            .map_err(|cause| Failure::new("opening the database", cause))??;
        let listener = listen().map_err(|cause| Failure::new("a port for the database", cause))?;
        let address = listener.local_addr().map_err(|cause| Failure::new("the address of the database", cause))?;
        let listener = listener.into_std().map_err(|cause| Failure::new("the listener of the database", cause))?;

        let (stop, on_stop) = oneshot::channel();
        let (done, stopped) = oneshot::channel();
        let served = engine.clone();
        thread::Builder::new()
            .name("dynamodb".to_owned())
            .spawn(move || serve(listener, served, on_stop, done))
            .map_err(|cause| Failure::new("the thread of the database", cause))?;
        Ok(Self { engine, endpoint: format!("http://{address}"), stop: Some(stop), stopped: Some(stopped) })
    }

    /// Where the SDK finds it: `http://127.0.0.1:<port>`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A handle to the stream of one table.
    pub fn stream(&self, table: &str) -> TableStream {
        TableStream { engine: self.engine.clone(), table: table.to_owned() }
    }

    /// A handle that deletes what its TTL says is over.
    pub fn sweeper(&self) -> Sweeper {
        Sweeper(self.engine.clone())
    }

    /// A handle that puts many rows at once.
    pub fn loader(&self) -> Loader {
        Loader(self.engine.clone())
    }

    /// Stops the server after the requests under way, at most [`STOP_WAIT`].
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(stopped) = self.stopped.take() {
            let _ = tokio::time::timeout(STOP_WAIT, stopped).await;
        }
    }
}

/// Deletes rows whose TTL has passed, as DynamoDB does in the background. By the machine's clock, not the
/// shifted one: TTL only tidies, and the code checks expiry itself.
#[derive(Clone)]
pub struct Sweeper(dynoxide::Database);

impl Sweeper {
    /// One sweep of all tables; the number of rows deleted.
    pub async fn sweep(&self) -> Result<usize, Failure> {
        let engine = self.0.clone();
        blocking("the TTL sweep", move || engine.sweep_ttl()).await
    }
}

/// Puts many rows at once, past the wire: for data that nobody uses yet.
#[derive(Clone)]
pub struct Loader(dynoxide::Database);

impl Loader {
    /// Puts the rows in one transaction, on disk when this returns. A row that stands under the same key goes.
    pub async fn load(&self, table: &str, rows: Vec<RawRow>) -> Result<(), Failure> {
        let (engine, table) = (self.0.clone(), table.to_owned());
        let rows = rows.into_iter().map(|row| {
            let values = row.into_iter().map(|(name, value)| Some((name, raw(value)?)));
            values.collect::<Option<dynoxide::Item>>()
        });
        let rows: Option<Vec<dynoxide::Item>> = rows.collect();
        let rows = rows.ok_or_else(|| Failure::new("loading rows", "a value of a kind that no row has"))?;
        let options = dynoxide::ImportOptions::default();
        blocking("loading rows", move || engine.import_items(&table, rows, options)).await.map(drop)
    }
}

fn raw(value: AttributeValue) -> Option<dynoxide::AttributeValue> {
    Some(match value {
        AttributeValue::S(text) => dynoxide::AttributeValue::S(text),
        AttributeValue::N(number) => dynoxide::AttributeValue::N(number),
        AttributeValue::B(bytes) => dynoxide::AttributeValue::B(bytes.into_inner()),
        AttributeValue::Bool(yes) => dynoxide::AttributeValue::BOOL(yes),
        _ => return None,
    })
}

/// The stream of one table, read as Lambda's event source mapping reads it.
#[derive(Clone)]
pub struct TableStream {
    engine: dynoxide::Database,
    table: String,
}

impl TableStream {
    /// A place in the stream: after the record `after`, or from its beginning.
    pub async fn iterator(&self, after: Option<String>) -> Result<String, Failure> {
        let (engine, table) = (self.engine.clone(), self.table.clone());
        let answer = blocking("a place in the stream", move || {
            let stream_arn = engine
                .describe_table(DescribeTableRequest { table_name: table.clone() })?
                .table
                .latest_stream_arn
                .unwrap_or_default();
            let shard_iterator_type = match after {
                Some(_) => "AFTER_SEQUENCE_NUMBER",
                None => "TRIM_HORIZON",
            };
            engine.get_shard_iterator(GetShardIteratorRequest {
                stream_arn,
                shard_id: format!("{SHARD_PREFIX}{table}"),
                shard_iterator_type: shard_iterator_type.to_owned(),
                sequence_number: after,
            })
        })
        .await?;
        answer.shard_iterator.ok_or_else(|| Failure::new("a place in the stream", "no iterator"))
    }

    /// Up to `limit` records from there, oldest first, and the place after them.
    pub async fn records(&self, iterator: String, limit: usize) -> Result<GetRecordsResponse, Failure> {
        let engine = self.engine.clone();
        blocking("the stream's records", move || {
            engine.get_records(GetRecordsRequest { shard_iterator: iterator, limit: Some(limit) })
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> dynoxide::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|cause| Failure::new(what, cause))?
        .map_err(|cause| Failure::new(what, cause))
}

fn open(file: Option<&Path>) -> Result<dynoxide::Database, Failure> {
    let Some(file) = file else {
        return dynoxide::Database::memory().map_err(|cause| Failure::new("a database in memory", cause));
    };
    let Some(name) = file.to_str() else {
        return Err(Failure::new("opening the database", "its path is not UTF-8"));
    };
    dynoxide::Database::new(name).map_err(|cause| Failure::new(format!("opening {name}"), cause))
}

/// A listener whose connections send at once: small answers must not wait for Nagle's timer.
fn listen() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_nodelay(true)?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    socket.listen(BACKLOG_MAX)
}

fn serve(
    listener: std::net::TcpListener,
    engine: dynoxide::Database,
    on_stop: oneshot::Receiver<()>,
    done: oneshot::Sender<()>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(cause) => return tracing::error!(%cause, "no runtime for the database"),
    };
    runtime.block_on(async {
        let served = match TcpListener::from_std(listener) {
            Ok(listener) => {
                let stop = async move {
                    let _ = on_stop.await;
                };
                dynoxide::server::serve_with_shutdown(listener, engine, stop).await
            }
            Err(cause) => Err(cause.to_string()),
        };
        if let Err(cause) = served {
            tracing::error!(%cause, "the database's server ended");
        }
    });
    runtime.shutdown_timeout(STOP_WAIT);
    let _ = done.send(());
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
    use aws_sdk_dynamodb::types::{
        AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, StreamSpecification,
        StreamViewType,
    };

    const TABLE: &str = "outbox";

    async fn with_stream() -> Result<(Database, aws_sdk_dynamodb::Client), Box<dyn std::error::Error>> {
        let database = Database::start(None).await?;
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "test"))
            .endpoint_url(database.endpoint());
        let client = aws_sdk_dynamodb::Client::from_conf(config.build());
        let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::KeysOnly);
        let key = AttributeDefinition::builder().attribute_name("pk").attribute_type(ScalarAttributeType::S);
        client
            .create_table()
            .table_name(TABLE)
            .billing_mode(BillingMode::PayPerRequest)
            .key_schema(KeySchemaElement::builder().attribute_name("pk").key_type(KeyType::Hash).build()?)
            .attribute_definitions(key.build()?)
            .stream_specification(stream.build()?)
            .send()
            .await?;
        Ok((database, client))
    }

    #[tokio::test]
    async fn the_stream_tells_what_the_sdk_wrote_and_goes_on_from_a_place() -> Result<(), Box<dyn std::error::Error>> {
        let (database, client) = with_stream().await?;
        let pk = |n: usize| AttributeValue::S(n.to_string());
        for n in 0..3 {
            client.put_item().table_name(TABLE).item("pk", pk(n)).send().await?;
        }
        client.delete_item().table_name(TABLE).key("pk", pk(1)).send().await?;

        let stream = database.stream(TABLE);
        let first = stream.records(stream.iterator(None).await?, 2).await?;
        let names = |read: &GetRecordsResponse| -> Vec<String> {
            read.records.iter().map(|record| record.event_name.clone()).collect()
        };
        assert_eq!(names(&first), ["INSERT", "INSERT"]);
        let last = first.records.last().map(|record| record.dynamodb.sequence_number.clone());
        let rest = stream.records(stream.iterator(last).await?, 10).await?;
        assert_eq!(names(&rest), ["INSERT", "REMOVE"]);
        drop(client);
        database.stop().await;
        Ok(())
    }
}
