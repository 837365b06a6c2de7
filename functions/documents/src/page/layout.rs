//! From words to marks, page after page.

use super::{BOTTOM, Face, LEFT, LONG, Mark, RIGHT, SHORT, TOP, Unit};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Which letters.
    pub face: Face,
    /// How large.
    pub size: Unit,
    /// From one line to the next.
    pub leading: Unit,
    /// To which side.
    pub align: Align,
}

/// To which side lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Middle,
    Right,
}

impl Style {
    /// Letters of a size, a third more from line to line.
    pub const fn new(face: Face, size: Unit) -> Self {
        Self { face, size, leading: size * 4 / 3, align: Align::Left }
    }

    /// The same to another side.
    pub const fn to(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// The lines of a text that is no wider than `width`: broken between words, and within one that is wider alone.
    pub fn lines(self, text: &str, width: Unit) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.face.width(&longer, self.size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if self.face.width(&line, self.size) > width && line.chars().nth(1).is_some() {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, character.to_string()));
                }
            }
        }
        lines.push(line);
        lines
    }
}

/// How the paper lies, and whether what is on it is a copy of a document that is kept elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Upright, a document of its own.
    Upright,
    /// Upright, a copy.
    UprightCopy,
    /// Lying, a copy.
    LyingCopy,
}

impl Format {
    /// The paper's width and height.
    pub const fn size(self) -> (Unit, Unit) {
        match self {
            Self::Upright | Self::UprightCopy => (SHORT, LONG),
            Self::LyingCopy => (LONG, SHORT),
        }
    }

    /// What is left for text, from side to side.
    pub const fn within(self) -> Unit {
        self.size().0 - LEFT - RIGHT
    }
}

/// A document that is laid out.
#[derive(Debug)]
pub struct Pages {
    /// How the paper lies.
    pub format: Format,
    /// What stands on each page.
    pub marks: Vec<Vec<Mark>>,
}

/// A document while it is laid out.
#[derive(Debug)]
pub struct Sheet {
    format: Format,
    pages: Vec<Vec<Mark>>,
    /// Where the next mark goes, from the top.
    y: Unit,
}

impl Sheet {
    /// An empty document of one page.
    pub fn new(format: Format) -> Self {
        Self { format, pages: vec![Vec::new()], y: TOP }
    }

    /// What is left for text, from side to side.
    pub fn within(&self) -> Unit {
        self.format.within()
    }

    /// The pages, each with its number at the foot if there are several, and a copy's with the word for it at the head.
    pub fn pages(mut self) -> Pages {
        let count = self.pages.len();
        let (within, height) = (self.within(), self.format.size().1);
        let style = Style::new(Face::Regular, 800).to(Align::Right);
        for (at, page) in self.pages.iter_mut().enumerate() {
            if count > 1 {
                let text = format!("стр. {} из {count}", at + 1);
                page.push(placed(style, text, LEFT, within, height - BOTTOM / 2));
            }
            if self.format != Format::Upright {
                page.extend(copy_mark(LEFT + within));
            }
        }
        Pages { format: self.format, marks: self.pages }
    }

    /// Where the next mark goes.
    pub fn y(&self) -> Unit {
        self.y
    }

    /// Leaves room.
    pub fn gap(&mut self, height: Unit) {
        self.y += height;
    }

    /// Goes on to the next page unless there is room for so much; says whether it did.
    pub fn keep(&mut self, height: Unit) -> bool {
        let turns = self.y + height > self.format.size().1 - BOTTOM;
        if turns {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        turns
    }

    /// A paragraph over the whole width.
    pub fn text(&mut self, style: Style, text: &str) {
        self.text_at(style, text, LEFT, self.within());
    }

    /// A paragraph in a column.
    pub fn text_at(&mut self, style: Style, text: &str, x: Unit, width: Unit) {
        for line in style.lines(text, width) {
            self.keep(style.leading);
            self.y += style.leading;
            self.put(placed(style, line, x, width, self.y - style.leading / 4));
        }
    }

    /// What is called something, and what it is, beside each other.
    pub fn pair(
        &mut self,
        (name, name_style): (&str, Style),
        (value, value_style): (&str, Style),
        (x, indent): (Unit, Unit),
    ) {
        let lines = value_style.lines(value, LEFT + self.within() - x - indent);
        self.keep(value_style.leading);
        let first = self.y + value_style.leading;
        self.put(placed(name_style, name.to_owned(), x, indent, first - value_style.leading / 4));
        for line in lines {
            self.keep(value_style.leading);
            self.y += value_style.leading;
            self.put(placed(value_style, line, x + indent, self.within(), self.y - value_style.leading / 4));
        }
    }

    /// A line from side to side of a column, here.
    pub fn rule(&mut self, x: Unit, width: Unit, thickness: Unit) {
        self.put(Mark::Rule { from: (x, self.y), to: (x + width, self.y), width: thickness });
    }

    /// Goes back up, to lay another column beside what is there.
    pub fn back_to(&mut self, y: Unit) {
        self.y = y;
    }

    /// Puts a mark on the page.
    pub fn put(&mut self, mark: Mark) {
        self.pages.last_mut().into_iter().for_each(|page| page.push(mark.clone()));
    }
}

/// One line of text in a column.
pub fn placed(style: Style, text: String, x: Unit, width: Unit, y: Unit) -> Mark {
    let spare = width - style.face.width(&text, style.size);
    let x = match style.align {
        Align::Left => x,
        Align::Middle => x + spare / 2,
        Align::Right => x + spare,
    };
    Mark::Text { x, y, face: style.face, size: style.size, text }
}

/// «КОПИЯ» in a frame, above the text at the right.
fn copy_mark(right: Unit) -> Vec<Mark> {
    let style = Style::new(Face::Bold, 1_000).to(Align::Middle);
    let (width, height, top) = (6_400, 1_900, TOP - 2_700);
    let (left, bottom) = (right - width, top + height);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    let frame =
        corners.iter().zip(corners.iter().skip(1)).map(|(from, to)| Mark::Rule { from: *from, to: *to, width: 80 });
    let word = placed(style, "КОПИЯ".to_owned(), left, width, bottom - 600);
    frame.chain([word]).collect()
}
