//! The forward pass, run by rten (pure Rust; int8 weights, a scale a column). No other file knows rten.

use super::EncoderError;
use super::windows::{PairInput, Scores, Window};
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView, ValueView, op_registry};
use std::cell::OnceCell;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// From this many windows on, packing the weights pays off; one article has about five.
const MANY: usize = 16;

/// More bytes than the intermediate results of one window take.
const LARGE: usize = 16 << 20;

thread_local! {
    /// The one core that this thread reads with, if it was told to use only one.
    static CORE: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
}

/// Whether the weights may be packed once many windows are read. Unpacked, they are used in place in the binary and take no memory, but
/// each window packs them anew, which takes a tenth of its time; packed once, they take 11 MB.
static PACKS: AtomicBool = AtomicBool::new(false);

/// From now on, memory may be spent on speed when many windows are read.
pub(super) fn read_in_bulk() {
    PACKS.store(true, Ordering::Relaxed);
}

/// From now on, this thread reads with one core.
pub(super) fn read_on_one_core() {
    CORE.with(|core| {
        core.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1)));
    });
}

/// Lets the allocator keep the memory that one window has freed for the next one. glibc gives blocks above a threshold back to the
/// system at once, and raises it to the largest it has seen freed; until then each window would have the system clear 2 MB anew,
/// a tenth of the time of a batch, more where threads wait for each other. The block is never written to, so it costs no memory.
fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE)));
}

fn run_options() -> RunOptions {
    RunOptions::default().with_thread_pool(CORE.with(|core| core.get().cloned()))
}

/// The network, ready to run.
pub(super) struct Network {
    file: &'static [u8],
    plain: Graph,
    /// With packed weights, for many windows; gives the same scores.
    packed: OnceLock<Option<Graph>>,
    windows: AtomicUsize,
}

/// The network as rten holds it, with the places of its inputs and outputs.
struct Graph {
    model: Model,
    seen: NodeId,
    told: NodeId,
    outputs: [NodeId; 3],
    pair_inputs: [NodeId; 5],
    pair: NodeId,
}

fn broken(what: impl std::fmt::Display) -> EncoderError {
    EncoderError::Broken(what.to_string())
}

impl Graph {
    fn load(file: &'static [u8], packed: bool) -> Result<Self, EncoderError> {
        // Only the operators that this network uses: all others would make the binary larger for nothing.
        let operators = op_registry!(
            Add,
            Cast,
            Div,
            DynamicQuantizeLinear,
            Erf,
            Gather,
            Gemm,
            LayerNormalization,
            MatMul,
            MatMulInteger,
            Mul,
            Reshape,
            Softmax,
            Transpose,
            Unsqueeze
        );
        let mut options = ModelOptions::with_ops(operators);
        options.prepack_weights(packed);
        let model = options.load_static_slice(file).map_err(broken)?;
        let node = |name: &str| model.node_id(name).map_err(broken);
        Ok(Self {
            seen: node("seen")?,
            told: node("told")?,
            outputs: [node("hidden")?, node("names")?, node("claims")?],
            pair_inputs: [node("pair_words")?, node("pair_cues")?, node("distance")?, node("sentence")?, node("paragraph")?],
            pair: node("pair")?,
            model,
        })
    }

    fn read(&self, window: &Window, width: usize) -> Result<Scores, EncoderError> {
        let shape = [window.seen.len() / width.max(1), width];
        let seen = ValueView::from_shape(shape, &window.seen).map_err(broken)?;
        let told = ValueView::from_shape(shape, &window.told).map_err(broken)?;
        let inputs = vec![(self.seen, seen.into()), (self.told, told.into())];
        let [hidden, names, claims] = self.model.run_n(inputs, self.outputs, Some(run_options())).map_err(broken)?;
        Ok(Scores { hidden: floats(hidden)?, names: floats(names)?, claims: floats(claims)? })
    }
}

impl Network {
    /// Loads the network from the embedded file.
    pub fn load(file: &'static [u8]) -> Result<Self, EncoderError> {
        let plain = Graph::load(file, false)?;
        Ok(Self { file, plain, packed: OnceLock::new(), windows: AtomicUsize::new(0) })
    }

    /// Reads one window of vectors of `width` numbers.
    pub fn read(&self, window: &Window, width: usize) -> Result<Scores, EncoderError> {
        let read = self.windows.fetch_add(1, Ordering::Relaxed);
        if read == MANY {
            keep_freed_memory();
        }
        let packs = read >= MANY && PACKS.load(Ordering::Relaxed);
        let packed = packs.then(|| self.packed.get_or_init(|| Graph::load(self.file, true).ok()).as_ref()).flatten();
        packed.unwrap_or(&self.plain).read(window, width)
    }

    /// What each word is to each cue (nothing, source or content), before the softmax: `[cues, words, 3]`.
    pub fn relate(&self, input: &PairInput, width: usize) -> Result<Vec<f32>, EncoderError> {
        let (words, cues) = (input.words.len() / width.max(1), input.cues.len() / width.max(1));
        let [distance, sentence, paragraph] = &input.buckets;
        let bucket =
            |rows| Ok::<ValueOrView<'_>, EncoderError>(ValueView::from_shape([cues, words], rows).map_err(broken)?.into());
        let values: [ValueOrView<'_>; 5] = [
            ValueView::from_shape([words, width], input.words.as_slice()).map_err(broken)?.into(),
            ValueView::from_shape([cues, width], input.cues.as_slice()).map_err(broken)?.into(),
            bucket(distance.as_slice())?,
            bucket(sentence.as_slice())?,
            bucket(paragraph.as_slice())?,
        ];
        let graph = &self.plain;
        let inputs = graph.pair_inputs.into_iter().zip(values).collect();
        let [scores] = graph.model.run_n(inputs, [graph.pair], Some(run_options())).map_err(broken)?;
        floats(scores)
    }
}

fn floats(value: Value) -> Result<Vec<f32>, EncoderError> {
    match value {
        Value::FloatTensor(tensor) => Ok(tensor.into_data()),
        _ => Err(broken("an output holds no numbers")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_weights_give_the_same_scores() {
        let width = 384;
        let network = Network::load(crate::encoder::FILES[1]).expect("the embedded network");
        for pieces in [3, 40, 191] {
            let numbers = |seed: usize| (0..pieces * width).map(|at| ((at * seed % 997) as f32 / 500.0 - 1.0) * 0.2).collect();
            let window = Window { seen: numbers(31), told: numbers(57), first: Vec::new() };
            let packed = Graph::load(network.file, true).expect("the same, packed");
            let (a, b) = (network.plain.read(&window, width).expect("scores"), packed.read(&window, width).expect("scores"));
            assert_eq!((a.hidden, a.names, a.claims), (b.hidden, b.names, b.claims), "{pieces} pieces");
        }
        assert!(network.packed.get().is_none(), "one article does without");
    }
}
