using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The steps of recurrent layers in float32 and float64, the products with the inputs already done. Sequences and directions are
/// split over the workers; a single sequence splits the columns of its products. The result depends on neither.
/// </summary>
public static unsafe class Recurrence
{
    // Fewer sequences on a thread leave most of a product's register tile empty.
    private const int MinimumRows = 4;

    // Below this many multiply-adds a thread, waking one costs more than it saves.
    private const long MinimumWork = 256 * 1024;

    /// <summary>Takes all steps of a block, in one direction or, where <paramref name="second"/> has gates, in two.</summary>
    /// <param name="layer">The sizes, and what both directions have in common.</param>
    /// <param name="first">A direction.</param>
    /// <param name="second">The other one, or the default value.</param>
    /// <param name="lengths">The number of steps of each sequence, [batch]; empty where all take every step. Behind its end a sequence keeps its
    /// state and puts out 0.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A span does not fit the sizes.</exception>
    public static void Run<T>(in RecurrentLayer layer, in RecurrentPass<T> first, in RecurrentPass<T> second, ReadOnlySpan<int> lengths, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(KernelSet.Current, layer, first, second, lengths, workers);

    /// <summary>As the public form, with the kernels of one set.</summary>
    internal static void Run<T>(KernelSet set, in RecurrentLayer layer, in RecurrentPass<T> first, in RecurrentPass<T> second, ReadOnlySpan<int> lengths, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (layer.Batch == 0 || layer.Steps == 0 || layer.Hidden == 0)
        {
            return;
        }

        if (lengths.Length != 0)
        {
            Check.Length(lengths.Length, layer.Batch);
        }

        fixed (int* pLengths = lengths)
        {
            var passes = new Passes<T> { Layer = layer, Lengths = pLengths, Set = set, Workers = workers };
            Pin(ref passes, first, second, isSecond: false);
        }
    }

    // Pins a pass, then the next one, then runs both.
    private static void Pin<T>(ref Passes<T> passes, in RecurrentPass<T> pass, in RecurrentPass<T> next, bool isSecond)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckPass(passes.Layer, pass);
        fixed (T* gates = pass.Gates, weights = pass.Weights, candidateWeights = pass.CandidateWeights, candidateBias = pass.CandidateBias)
        fixed (T* peepholes = pass.Peepholes, state = pass.Hidden, cell = pass.Cell, products = pass.Products, output = pass.Output)
        {
            var task = new RecurrentTask<T>
            {
                Layer = passes.Layer,
                Set = passes.Set,
                Workers = passes.Workers,
                IsReverse = pass.IsReverse,
                FirstStep = pass.FirstStep,
                F = pass.F,
                G = pass.G,
                H = pass.H,
                Gates = gates,
                Weights = weights,
                PackedWeights = pass.PackedWeights,
                CandidateWeights = candidateWeights,
                PackedCandidateWeights = pass.PackedCandidateWeights,
                CandidateBias = candidateBias,
                Peepholes = peepholes,
                State = state,
                Cell = cell,
                Products = products,
                Output = output,
                Lengths = passes.Lengths,
            };
            if (isSecond)
            {
                passes.Second = task;
                passes.Count = 2;
                passes.Run();
                return;
            }

            passes.First = task;
            passes.Count = 1;
            if (next.Gates.IsEmpty)
            {
                passes.Run();
            }
            else
            {
                Pin(ref passes, next, default, isSecond: true);
            }
        }
    }

    private static void CheckPass<T>(in RecurrentLayer layer, in RecurrentPass<T> pass)
        where T : unmanaged
    {
        (int batch, int hidden) = (layer.Batch, layer.Hidden);
        long gates = ((layer.Steps - 1L) * layer.GateStep) + ((batch - 1L) * layer.GateRow) + ((long)layer.Gates * hidden);
        Require(pass.Gates.Length >= gates && layer.GateRow >= layer.Gates * hidden, "gates", gates, pass.Gates.Length);
        bool isGru = layer.Cell is RecurrentCellKind.Gru or RecurrentCellKind.GruLinearBeforeReset;
        int columns = (isGru ? 2 : layer.Gates) * hidden;
        RequireWeights(pass.Weights, pass.PackedWeights, hidden, columns);
        Require(pass.Hidden.Length == batch * hidden, "hidden states", (long)batch * hidden, pass.Hidden.Length);
        if (isGru)
        {
            RequireWeights(pass.CandidateWeights, pass.PackedCandidateWeights, hidden, hidden);
            Require(pass.Products.Length == batch * hidden, "products", (long)batch * hidden, pass.Products.Length);
            Require(pass.CandidateBias.IsEmpty || pass.CandidateBias.Length == hidden, "candidate biases", hidden, pass.CandidateBias.Length);
        }
        else if (layer.Cell == RecurrentCellKind.Lstm)
        {
            Require(pass.Cell.Length == batch * hidden, "cell states", (long)batch * hidden, pass.Cell.Length);
            Require(pass.Peepholes.IsEmpty || pass.Peepholes.Length == 3 * hidden, "peepholes", 3L * hidden, pass.Peepholes.Length);
        }

        long output = ((pass.FirstStep + layer.Steps - 1L) * layer.OutputStep) + ((batch - 1L) * layer.OutputRow) + hidden;
        Require(pass.Output.IsEmpty || (pass.FirstStep >= 0 && pass.Output.Length >= output), "outputs", output, pass.Output.Length);
    }

    private static void RequireWeights<T>(ReadOnlySpan<T> weights, PackedMatrix? packed, int hidden, int columns)
    {
        bool fits = packed is null ? weights.Length == (long)hidden * columns : typeof(T) == typeof(float) && packed.Rows == hidden && packed.Columns == columns;
        Require(fits, "recurrent weights", (long)hidden * columns, packed is null ? weights.Length : (long)packed.Rows * packed.Columns);
    }

    private static void Require(bool condition, string what, long expected, long actual)
    {
        if (!condition)
        {
            throw new ArgumentException($"Recurrence: expected {expected} {what}, got {actual}; check the sizes of the layer.");
        }
    }

    // Each part is some sequences of one direction.
    private struct Passes<T> : IParallelBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public RecurrentLayer Layer;
        public KernelSet Set;
        public WorkerPool Workers;
        public int* Lengths;
        public RecurrentTask<T> First;
        public RecurrentTask<T> Second;
        public int Count;

        public void Run()
        {
            long work = (long)Layer.Steps * Layer.Batch * Layer.Hidden * Layer.Hidden * Layer.Gates * Count;
            int threads = (int)Math.Clamp(work / MinimumWork, 1, Workers.ThreadCount);
            int parts = Count * Math.Clamp(threads / Count, 1, Math.Max(1, Layer.Batch / MinimumRows));
            if (threads == 1)
            {
                for (int part = 0; part < parts; part++)
                {
                    Invoke(part, parts);
                }
            }
            else
            {
                Workers.Run(ref this, parts);
            }
        }

        public readonly void Invoke(int part, int partCount)
        {
            int rowParts = partCount / Count;
            int rowPart = part / Count;
            int from = (int)((long)Layer.Batch * rowPart / rowParts);
            int to = (int)((long)Layer.Batch * (rowPart + 1) / rowParts);
            if (part % Count == 0)
            {
                First.Run(from, to);
            }
            else
            {
                Second.Run(from, to);
            }
        }
    }
}
