//! Each text of a workbook once, as the cells refer to it.

use super::cells::push_text;
use super::deflate::{Packed, Packer, STRETCH};
use crate::render::RenderError;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// The texts so far.
#[derive(Debug)]
pub(crate) struct Strings {
    ids: HashMap<Box<str>, u32, RandomState>,
    /// How often cells refer to them.
    used: u64,
    xml: Vec<u8>,
    packer: Packer,
}

impl Strings {
    pub(super) fn new(compression: u8) -> Self {
        Self { ids: HashMap::default(), used: 0, xml: Vec::new(), packer: Packer::new(compression) }
    }

    /// The number of a text.
    pub(crate) fn id(&mut self, text: &str) -> Result<u32, RenderError> {
        self.used += 1;
        if let Some(&id) = self.ids.get(text) {
            return Ok(id);
        }
        let id = u32::try_from(self.ids.len()).map_err(|_| RenderError::Package("sharedStrings"))?;
        self.ids.insert(text.into(), id);
        let is_blank = |c: char| matches!(c, '\t' | '\n' | ' ');
        let keep = text.starts_with(is_blank) || text.ends_with(is_blank);
        self.xml.extend_from_slice(if keep { b"<si><t xml:space=\"preserve\">" } else { b"<si><t>" });
        push_text(&mut self.xml, text);
        self.xml.extend_from_slice(b"</t></si>");
        if self.xml.len() > STRETCH {
            self.packer.write(&self.xml)?;
            self.xml.clear();
        }
        Ok(id)
    }

    /// The part of the package, and the packer for others.
    pub(super) fn part(mut self) -> Result<(Packed, Packer), RenderError> {
        self.xml.extend_from_slice(b"</sst>");
        self.packer.write(&self.xml)?;
        let items = self.packer.last()?;
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"\
             http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            self.used,
            self.ids.len()
        );
        self.packer.write(head.as_bytes())?;
        Ok((self.packer.piece()?.then(&items), self.packer))
    }
}
