//! How attributions lie to each other in the text.

use crate::encoder::Attribution;
use crate::text::Span;

/// Whether any of the spans overlaps any of the others.
pub(super) fn touches(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// Whether source and cue of an attribution stand in what another one says.
pub(super) fn stands_in(inner: &Attribution, around: &Attribution) -> bool {
    inner.cue.iter().chain(&inner.source).all(|part| around.content.iter().any(|content| content.contains(*part)))
}
