using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Recurrent;

/// <summary>The bits of a recurrent layer depend neither on the kernel set nor on the threads nor on whether its weights are packed; its values are checked by the engine's tests.</summary>
public sealed class RecurrenceTests
{
    public static TheoryData<RecurrentCellKind> Cells => [.. Enum.GetValues<RecurrentCellKind>()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_set_gives_the_bits_of_the_scalar_oracle(RecurrentCellKind cell)
    {
        foreach (int hidden in new[] { 1, 15, 37, 64 })
        {
            var problem = new Problem(cell, Steps: 5, Batch: 3, hidden);
            float[] expected = problem.Run(KernelSet.Available[^1], WorkerPool.Serial, packs: false);
            foreach (KernelSet set in KernelSet.Available)
            {
                Assert.Equal(expected, problem.Run(set, WorkerPool.Serial, packs: false));
                Assert.Equal(expected, problem.Run(set, WorkerPool.Serial, packs: true));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_number_of_threads_does_not_change_a_bit(RecurrentCellKind cell)
    {
        using var two = new WorkerPool(2);
        using var three = new WorkerPool(3);
        foreach (int batch in new[] { 1, 7, 32 })
        {
            var problem = new Problem(cell, Steps: 6, batch, Hidden: 96);
            float[] expected = problem.Run(KernelSet.Current, WorkerPool.Serial, packs: true);
            Assert.Equal(expected, problem.Run(KernelSet.Current, two, packs: true));
            Assert.Equal(expected, problem.Run(KernelSet.Current, three, packs: true));
        }
    }

    [Theory]
    [InlineData("hidden states")]
    [InlineData("outputs")]
    [InlineData("recurrent weights")]
    public void Spans_that_do_not_fit_are_refused(string what)
    {
        var layer = new RecurrentLayer(RecurrentCellKind.Rnn, 2, 3, 4) { GateStep = 12, GateRow = 4, OutputStep = 12, OutputRow = 4 };
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Recurrence.Run(
            layer,
            new RecurrentPass<float>
            {
                Gates = new float[24],
                Weights = new float[what == "recurrent weights" ? 15 : 16],
                Hidden = new float[what == "hidden states" ? 11 : 12],
                Output = new float[what == "outputs" ? 23 : 24],
            },
            default,
            [],
            WorkerPool.Serial));
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
    }

    private sealed record Problem(RecurrentCellKind Cell, int Steps, int Batch, int Hidden)
    {
        // Both directions over the same gates: output and states.
        public float[] Run(KernelSet set, WorkerPool workers, bool packs)
        {
            int gates = RecurrentLayer.GateCount(Cell);
            bool isGru = Cell is RecurrentCellKind.Gru or RecurrentCellKind.GruLinearBeforeReset;
            int columns = (isGru ? 2 : gates) * Hidden;
            float[] weights = Fill(1, Hidden * columns, 0.3f);
            float[] candidate = Fill(2, Hidden * Hidden, 0.3f);
            float[] bias = Fill(3, Hidden, 1);
            float[] peepholes = Fill(4, 3 * Hidden, 1);
            int[] lengths = [.. Enumerable.Range(0, Batch).Select(i => i % 3 == 1 ? Steps - 1 : Steps)];
            var layer = new RecurrentLayer(Cell, Steps, Batch, Hidden) { GateStep = Batch * gates * Hidden, GateRow = gates * Hidden, OutputStep = 2 * Batch * Hidden, OutputRow = Hidden };
            var output = new float[Steps * 2 * Batch * Hidden];
            float[][] states = [.. Enumerable.Range(5, 4).Select(seed => Fill(seed, Batch * Hidden, 1))];
            RecurrentPass<float> first = Pass(false, states[0], states[1], output);
            RecurrentPass<float> second = Pass(true, states[2], states[3], output.AsSpan(Batch * Hidden));
            Recurrence.Run(set, layer, first, second, lengths, workers);
            return [.. output, .. states.SelectMany(state => state)];

            RecurrentPass<float> Pass(bool isReverse, float[] hidden, float[] cell, Span<float> target) => new()
            {
                IsReverse = isReverse,
                F = new CellActivation(CellActivationKind.Sigmoid),
                G = new CellActivation(CellActivationKind.Tanh),
                H = new CellActivation(isReverse ? CellActivationKind.Softsign : CellActivationKind.Tanh),
                Gates = Fill(isReverse ? 10 : 11, Steps * Batch * gates * Hidden, 2),
                Weights = packs ? [] : weights,
                PackedWeights = packs ? Gemm.Pack(set, false, columns, Hidden, weights, columns) : null,
                CandidateWeights = packs || !isGru ? [] : candidate,
                PackedCandidateWeights = packs && isGru ? Gemm.Pack(set, false, Hidden, Hidden, candidate, Hidden) : null,
                CandidateBias = Cell == RecurrentCellKind.GruLinearBeforeReset ? bias : [],
                Peepholes = Cell == RecurrentCellKind.Lstm ? peepholes : [],
                Hidden = hidden,
                Cell = cell,
                Products = new float[Batch * Hidden],
                Output = target,
            };
        }

        private static float[] Fill(int seed, int count, float scale)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => scale * (float)((random.NextDouble() * 2) - 1))];
        }
    }
}
