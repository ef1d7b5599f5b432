using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class SoftmaxTests
{
    public static TheoryData<int> ColumnCounts => [1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 47, 64, 67, 1000];

    [Theory]
    [MemberData(nameof(ColumnCounts))]
    public void Forward_equals_the_definition_in_float64(int columns)
    {
        const int Rows = 3;
        float[] x = TestFloats.Finite(Rows * columns, columns, 10);
        var y = new float[x.Length];
        Softmax.Forward<float>(x, y, Rows, columns, WorkerPool.Serial);
        for (int r = 0; r < Rows; r++)
        {
            double sum = x.Skip(r * columns).Take(columns).Sum(v => Math.Exp(v));
            for (int c = 0; c < columns; c++)
            {
                double expected = Math.Exp(x[(r * columns) + c]) / sum;
                Assert.Equal(expected, y[(r * columns) + c], expected * 2e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ColumnCounts))]
    public void Every_set_computes_the_same_bits(int columns)
    {
        const int Rows = 71;
        float[] x = TestFloats.Finite(Rows * columns, columns, 30);
        float[] targets = TestFloats.Finite(Rows * columns, columns + 1);
        float[] labels = Array.ConvertAll(new int[Rows], _ => (float)(columns / 2));
        float[] expected = Run(KernelLevel.Scalar);
        foreach (KernelLevel level in KernelLevels.Available)
        {
            TestFloats.AssertSameBits(expected, Run(level), $"{level}, {columns} columns");
        }

        float[] Run(KernelLevel level)
        {
            var y = new float[x.Length];
            var dx = new float[x.Length];
            var losses = new float[Rows];
            var sparseLosses = new float[Rows];
            fixed (float* px = x, py = y, pt = targets, pi = labels, pdx = dx, pl = losses, ps = sparseLosses)
            {
                KernelLevels.Run(new SoftmaxBody(px, py, null, pi, ps, columns), Rows, level);
                KernelLevels.Run(new SoftmaxBody(px, py, pt, null, pl, columns), Rows, level);
                KernelLevels.Run(new SoftmaxBackwardBody(py, pt, pdx, columns, accumulate: false), Rows, level);
                KernelLevels.Run(new SoftmaxBackwardBody(py, px, pdx, columns, accumulate: true), Rows, level);
            }

            return [.. y, .. dx, .. losses, .. sparseLosses];
        }
    }

    [Theory]
    [MemberData(nameof(ColumnCounts))]
    public void Every_set_computes_the_same_bits_of_the_gradient(int columns)
    {
        const int Rows = 5;
        float[] p = TestFloats.Finite(Rows * columns, columns);
        float[] targets = TestFloats.Finite(Rows * columns, columns + 1);
        float[] labels = Array.ConvertAll(new int[Rows], _ => (float)(columns - 1));
        foreach (KernelLevel level in KernelLevels.Available)
        {
            TestFloats.AssertSameBits(Run(KernelLevel.Scalar), Run(level), $"{level}, {columns} columns");
        }

        float[] Run(KernelLevel level)
        {
            float[] filled = new float[p.Length], added = [.. p], sparse = [.. targets];
            fixed (float* pp = p, pt = targets, pi = labels, pf = filled, pa = added, ps = sparse)
            {
                KernelLevels.Run(new CrossEntropyGradientBody<float>(pp, pt, null, pf, columns, 0.3f, accumulate: false), Rows, level);
                KernelLevels.Run(new CrossEntropyGradientBody<float>(pp, pt, null, pa, columns, 0.3f, accumulate: true), Rows, level);
                KernelLevels.Run(new CrossEntropyGradientBody<float>(pp, null, pi, ps, columns, 0.3f, accumulate: true), Rows, level);
            }

            return [.. filled, .. added, .. sparse];
        }
    }

    [Fact]
    public void The_gradient_equals_its_formula_and_labels_stand_for_targets_of_one_class()
    {
        float[] p = [0.25f, 0.75f, 0.5f, 0.5f];
        float[] dense = [1, 1, 1, 1];
        Softmax.CrossEntropyGradient(p, [0.5f, 1.5f, 0, 1], dense, 2, 2, 0.5f, WorkerPool.Serial);
        Assert.Equal([0, 0, 0.25f, -0.25f], dense);

        float[] added = [1, 2, 3, 4], sparse = [1, 2, 3, 4];
        Softmax.CrossEntropyGradient(p, [0, 1, 1, 0], added, 2, 2, 0.5f, WorkerPool.Serial, accumulate: true);
        Softmax.SparseCrossEntropyGradient(p, [1, 0], sparse, 2, 2, 0.5f, WorkerPool.Serial, accumulate: true);
        Assert.Equal([1.125f, 1.875f, 2.75f, 4.25f], added);
        Assert.Equal(added, sparse);
        Assert.Throws<ArgumentException>("labels", () => Softmax.SparseCrossEntropyGradient(p, [1, 2], sparse, 2, 2, 0.5f, WorkerPool.Serial));
    }

    [Fact]
    public void Large_logits_do_not_overflow()
    {
        var y = new float[3];
        Softmax.Forward<float>([1000, 1000, -1000], y, 1, 3, WorkerPool.Serial);
        Assert.Equal([0.5f, 0.5f, 0], y);
    }

    [Fact]
    public void Forward_works_in_place()
    {
        float[] x = [0, 0, 5, 5];
        Softmax.Forward<float>(x, x, 2, 2, WorkerPool.Serial);
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], x);
    }

    [Fact]
    public void Cross_entropy_equals_its_formula()
    {
        // softmax(0, ln 3) = (1/4, 3/4).
        float[] logits = [0, MathF.Log(3)];
        var probabilities = new float[2];
        var losses = new float[1];
        Softmax.CrossEntropy<float>(logits, [0.5f, 0.5f], probabilities, losses, 1, 2, WorkerPool.Serial);
        Assert.Equal(0.25f, probabilities[0], 1e-6f);
        Assert.Equal(0.75f, probabilities[1], 1e-6f);
        Assert.Equal(-0.5 * (Math.Log(0.25) + Math.Log(0.75)), losses[0], 1e-6);
        Softmax.SparseCrossEntropy<float>(logits, [1], probabilities, losses, 1, 2, WorkerPool.Serial);
        Assert.Equal(-Math.Log(0.75), losses[0], 1e-6);
    }

    [Fact]
    public void A_confident_wrong_prediction_has_a_finite_loss()
    {
        var losses = new float[1];
        Softmax.SparseCrossEntropy<float>([0, 200], [0], new float[2], losses, 1, 2, WorkerPool.Serial);
        Assert.Equal(200f, losses[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_NaN_or_infinite_logit_gives_a_NaN_loss_in_its_row_only(float bad)
    {
        for (int at = 0; at < 20; at++)
        {
            float[] logits = TestFloats.Finite(40, 1);
            logits[at] = bad;
            var losses = new float[2];
            Softmax.SparseCrossEntropy<float>(logits, [3, 3], new float[40], losses, 2, 20, WorkerPool.Serial);
            Assert.True(float.IsNaN(losses[0]));
            Assert.True(float.IsFinite(losses[1]));
            var targets = new float[40];
            (targets[3], targets[23]) = (1, 1);
            Softmax.CrossEntropy<float>(logits, targets, new float[40], losses, 2, 20, WorkerPool.Serial);
            Assert.True(float.IsNaN(losses[0]));
            Assert.True(float.IsFinite(losses[1]));
        }
    }

    [Fact]
    public void Backward_equals_central_differences_in_float64()
    {
        const int Columns = 5;
        const double Step = 1e-5;
        double[] x = [0.3, -1, 2, 0, 0.7];
        double[] dy = [1, -2, 0.5, 3, -1];
        var y = new double[Columns];
        var dx = new double[Columns];
        Softmax.Forward<double>(x, y, 1, Columns, WorkerPool.Serial);
        Softmax.Backward<double>(y, dy, dx, 1, Columns, WorkerPool.Serial);
        for (int c = 0; c < Columns; c++)
        {
            Assert.Equal((Objective(c, Step) - Objective(c, -Step)) / (2 * Step), dx[c], 1e-9);
        }

        double Objective(int at, double change)
        {
            double[] moved = [.. x];
            moved[at] += change;
            var output = new double[Columns];
            Softmax.Forward<double>(moved, output, 1, Columns, WorkerPool.Serial);
            return output.Zip(dy, (a, b) => a * b).Sum();
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_number_of_threads_gives_the_same_bits_and_allocates_nothing(int threads)
    {
        const int Rows = 5001;
        const int Columns = 10;
        using var workers = new WorkerPool(threads);
        float[] x = TestFloats.Finite(Rows * Columns, 1, 5);
        float[] labels = Array.ConvertAll(new int[Rows], _ => 4f);
        (float[] serial, float[] serialLosses) = Run(WorkerPool.Serial);
        (float[] parallel, float[] parallelLosses) = Run(workers);
        Assert.Equal(serial, parallel);
        Assert.Equal(serialLosses, parallelLosses);
        TestAllocations.AssertNone(() => Softmax.SparseCrossEntropy<float>(x, labels, parallel, parallelLosses, Rows, Columns, workers));

        (float[] Probabilities, float[] Losses) Run(WorkerPool pool)
        {
            var probabilities = new float[x.Length];
            var losses = new float[Rows];
            Softmax.SparseCrossEntropy<float>(x, labels, probabilities, losses, Rows, Columns, pool);
            return (probabilities, losses);
        }
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_label_that_is_no_class_is_refused(float label)
    {
        var exception = Assert.Throws<ArgumentException>("labels", () =>
            Softmax.SparseCrossEntropy<float>(new float[4], [1, label], new float[4], new float[2], 2, 2, WorkerPool.Serial));
        Assert.Contains("row 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_checked()
    {
        Assert.Throws<ArgumentException>("x", () => Softmax.Forward<float>(new float[5], new float[5], 2, 3, WorkerPool.Serial));
        Assert.Throws<ArgumentException>("y", () => Softmax.Forward<float>(new float[6], new float[5], 2, 3, WorkerPool.Serial));
    }
}
