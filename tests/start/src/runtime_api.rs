//! The runtime API over plain sockets: each request that a function makes, with the moment it was read.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a function may take over anything here.
const PATIENCE: Duration = Duration::from_secs(30);

/// One request, not yet answered.
pub struct Request {
    /// When its head was read.
    pub at: Instant,
    /// Its path.
    pub path: String,
    /// Its body.
    pub body: Vec<u8>,
    connection: TcpStream,
}

impl Request {
    /// Answers with a JSON body and headers besides.
    pub fn answer(mut self, status: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", body.len());
        self.connection.write_all(&[head.as_bytes(), body].concat())
    }
}

/// Takes one function's connections.
pub struct RuntimeApi {
    /// Where it listens.
    pub address: SocketAddr,
    requests: Receiver<Request>,
}

impl RuntimeApi {
    /// Listens on a port of its own.
    pub fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (sender, requests) = channel();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let sender = sender.clone();
                thread::spawn(move || read(connection, &sender));
            }
        });
        Ok(Self { address, requests })
    }

    /// The next request.
    pub fn next(&self) -> io::Result<Request> {
        self.requests.recv_timeout(PATIENCE).map_err(|_| io::Error::other("the function asks for nothing"))
    }
}

/// Reads requests until the function closes; the listener's thread lives as long as this program.
fn read(connection: TcpStream, requests: &Sender<Request>) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection.try_clone()?);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = 0;
        let mut chunked = false;
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            chunked |= header.starts_with("transfer-encoding:") && header.ends_with("chunked");
        }
        let at = Instant::now();
        let body = if chunked { chunks(&mut reader)? } else { exactly(&mut reader, length)? };
        let request = Request { at, path, body, connection: connection.try_clone()? };
        if requests.send(request).is_err() {
            return Ok(());
        }
    }
}

fn exactly(reader: &mut impl BufRead, length: usize) -> io::Result<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
        body.extend(exactly(reader, size)?);
        reader.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(body);
        }
    }
}
