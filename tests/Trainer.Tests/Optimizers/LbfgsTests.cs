using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Tests.Optimizers;

public class LbfgsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    public void Rosenbrocks_valley_is_followed_to_its_end(int length)
    {
        double[] start = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? -1.2 : 1.0)];

        LbfgsResult result = Lbfgs.Minimize(start, Rosenbrock, new LbfgsOptions { GradientTolerance = 1e-12 });

        Assert.All(result.Point, x => Assert.Equal(1, x, 1e-10));
        Assert.True(result.Value < 1e-20, result.ToString());
        Assert.True(result.Iterations < 60 + (6 * length), result.ToString());
        Assert.True(result.Evaluations < 2 * result.Iterations, result.ToString());
        Assert.Equal(-1.2, start[0]);
    }

    // With exact line searches and all changes remembered the directions are conjugate: n steps solve a quadratic of n variables.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void Exact_line_searches_solve_a_quadratic_in_as_many_steps_as_variables(int length)
    {
        double[] start = [.. Enumerable.Range(0, length).Select(i => 1.0 + i)];

        LbfgsResult result = Lbfgs.Minimize(
            start,
            Quadratic,
            new LbfgsOptions { HistorySize = length, Curvature = 1e-6, SufficientDecrease = 1e-7, GradientTolerance = 1e-6, MaximumLineSearchEvaluations = 50 });

        Assert.Equal(LbfgsEnd.GradientTolerance, result.Reason);
        Assert.True(result.Iterations <= length, result.ToString());
        Assert.All(result.Point, x => Assert.Equal(0, x, 1e-5));
    }

    // f = Σ ln(1 + e^(-l·(w·x + b))) + |w|²/2 over generated points; Newton's method with the exact second derivatives is the reference.
    [Fact]
    public void Logistic_regression_agrees_with_Newtons_method()
    {
        LogisticProblem problem = LogisticProblem.Make(200, 4);
        double[] expected = problem.Newton();

        LbfgsResult result = Lbfgs.Minimize(new double[5], problem.Evaluate, new LbfgsOptions { GradientTolerance = 1e-10 });

        Assert.True(result.GradientNorm < 1e-8, result.ToString());
        Assert.All(expected.Zip(result.Point), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    // f = x - ln x, from far on the right: the direction after the first step leads below 0, where f is not a number.
    [Fact]
    public void A_step_out_of_the_functions_domain_is_shortened()
    {
        LbfgsResult result = Lbfgs.Minimize([50], (x, gradient) =>
        {
            gradient[0] = 1 - (1 / x[0]);
            return x[0] <= 0 ? double.NaN : x[0] - Math.Log(x[0]);
        });

        Assert.Equal(1, result.Point[0], 1e-7);
        Assert.Throws<ArgumentException>("start", () => Lbfgs.Minimize([-1], (x, gradient) => double.NaN));
    }

    [Fact]
    public void The_reason_for_the_end_is_told()
    {
        Assert.Equal(LbfgsEnd.MaximumIterations, Lbfgs.Minimize([-1.2, 1], Rosenbrock, new LbfgsOptions { MaximumIterations = 3 }).Reason);
        Assert.Equal(3, Lbfgs.Minimize([-1.2, 1], Rosenbrock, new LbfgsOptions { MaximumIterations = 3 }).Iterations);
        Assert.Equal(LbfgsEnd.MaximumEvaluations, Lbfgs.Minimize([-1.2, 1], Rosenbrock, new LbfgsOptions { MaximumEvaluations = 5 }).Reason);
        Assert.Equal(LbfgsEnd.GradientTolerance, Lbfgs.Minimize([1, 1], Rosenbrock).Reason);
        Assert.Equal(LbfgsEnd.ValueTolerance, Lbfgs.Minimize([-1.2, 1], Rosenbrock, new LbfgsOptions { ValueTolerance = 0.9 }).Reason);
    }

    // The function falls where its gradient says that it rises.
    [Fact]
    public void A_wrong_gradient_ends_the_search_at_the_start()
    {
        LbfgsResult result = Lbfgs.Minimize([2], (x, gradient) =>
        {
            gradient[0] = -2 * x[0];
            return x[0] * x[0];
        });

        Assert.Equal((LbfgsEnd.NoLowerPoint, 2.0, 4.0), (result.Reason, result.Point[0], result.Value));
    }

    [Fact]
    public void Accepted_steps_satisfy_the_strong_Wolfe_conditions()
    {
        foreach (double curvature in (double[])[0.9, 0.1, 0.01])
        {
            var line = new Line();
            var search = new WolfeLineSearch(1e-4, curvature, 50, 0);
            LinePoint start = line.At(0);
            foreach (double first in (double[])[1e-3, 0.5, 1, 7, 1000])
            {
                LinePoint found = Assert.NotNull(search.Run(line, start, first));

                Assert.True(found.Value <= start.Value + (1e-4 * found.Step * start.Slope), found.ToString());
                Assert.True(Math.Abs(found.Slope) <= curvature * -start.Slope, found.ToString());
                Assert.Equal(found, line.Last);
            }
        }
    }

    // y = 3·x₁ - 2·x₂ + 0.5, exactly: two weights and a bias.
    [Fact]
    public void Linear_regression_is_solved_by_Compile_and_Fit()
    {
        Sequential model = LinearModel("lbfgs");
        (Tensor<float> x, Tensor<float> y) = LinearData();

        History history = model.Fit(x, y, epochs: 12, batchSize: 50, verbose: 0);

        Assert.True(model.Evaluate(x, y).Loss < 1e-10, string.Join(' ', history["loss"]));
        Assert.Equal(3, model.Parameters[0].Value[0], 1e-4f);
        Assert.Equal(-2, model.Parameters[0].Value[1], 1e-4f);
        Assert.Equal(0.5, model.Parameters[1].Value[0], 1e-4f);
        Assert.Equal(12, model.Optimizer.Iterations);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Xor_is_learned_by_Compile_and_Fit(int seed)
    {
        Tensor<float> x = Tensor.From<float>([4, 2], 0, 0, 0, 1, 1, 0, 1, 1);
        Tensor<float> y = Tensor.From<float>([4, 1], 0, 1, 1, 0);
        var model = new Sequential(new Input(2), new Dense(8, "tanh"), new Dense(1, "sigmoid"));
        model.Compile(new Lbfgs(), "binary_crossentropy", seed: seed);

        model.Fit(x, y, epochs: 40, batchSize: 4, verbose: 0);

        Assert.All(model.Predict(x).ToArray().Zip(y.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 0.01f));
    }

    [Fact]
    public void A_run_does_not_depend_on_the_threads_and_never_raises_the_loss()
    {
        float[][] weights = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var workers = new WorkerPool(threads);
            (ParameterArena arena, Func<float> evaluate) = Problem();
            var optimizer = new Lbfgs();
            float before = float.PositiveInfinity;
            for (int step = 0; step < 10; step++)
            {
                float loss = optimizer.Step(arena, evaluate, workers);
                Assert.True(loss <= before + (1e-6f * before), $"{loss} after {before}");
                before = loss;
            }

            return arena.Values.ToArray();
        })];

        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
    }

    [Fact]
    public void A_step_allocates_nothing_and_leaves_the_gradient_of_the_new_point()
    {
        (ParameterArena arena, Func<float> evaluate) = Problem();
        var optimizer = new Lbfgs(historySize: 4);

        TestAllocations.AssertNone(() => optimizer.Step(arena, evaluate));

        float[] gradients = arena.Gradients.ToArray();
        evaluate();
        Assert.Equal(gradients, arena.Gradients.ToArray());
    }

    [Fact]
    public void A_run_continues_from_slots_and_state_to_the_bit()
    {
        (ParameterArena arena, Func<float> evaluate) = Problem();
        var optimizer = new Lbfgs(historySize: 3);
        (ParameterArena copy, Func<float> evaluateCopy) = Problem();
        var resumed = new Lbfgs(historySize: 3);
        for (int step = 0; step < 5; step++)
        {
            optimizer.Step(arena, evaluate);
        }

        arena.Values.CopyTo(copy.Values);
        copy.EnsureSlots(resumed);
        for (int slot = 0; slot < optimizer.SlotCount; slot++)
        {
            arena.Slot(slot).CopyTo(copy.Slot(slot));
        }

        resumed.RestoreState(optimizer.State);
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(optimizer.Step(arena, evaluate), resumed.Step(copy, evaluateCopy));
            Assert.Equal(arena.Values, copy.Values);
        }
    }

    [Fact]
    public void What_contradicts_the_line_search_is_refused()
    {
        (ParameterArena arena, Func<float> evaluate) = Problem();

        Assert.Throws<InvalidOperationException>(() => new Lbfgs { ClipNorm = 1 }.Step(arena, evaluate));
        Assert.Throws<InvalidOperationException>(() => new Lbfgs { WeightDecay = 0.1 }.Step(arena, evaluate));
        Assert.Contains("call Step with a function", Assert.Throws<InvalidOperationException>(() => new Lbfgs().Step(arena)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Lbfgs(sufficientDecrease: 0.95));
        Assert.Throws<ArgumentException>(() => Lbfgs.Minimize([1], Quadratic, new LbfgsOptions { Curvature = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs(historySize: 0));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Lbfgs(0));
    }

    [Fact]
    public void Slots_have_names_and_a_schedule_gives_the_first_step()
    {
        var optimizer = new Lbfgs(new ExponentialDecay(1, 10, 0.5), historySize: 2);

        Assert.Equal(["parameter_change_0", "parameter_change_1", "gradient_change_0", "gradient_change_1"], Enumerable.Range(0, 4).Select(optimizer.SlotName));
        Assert.True(optimizer.NeedsClosure);
        Assert.Equal(1, optimizer.LearningRate);
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        double value = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double bend = x[i + 1] - (x[i] * x[i]);
            double rest = 1 - x[i];
            value += (100 * bend * bend) + (rest * rest);
            gradient[i] += (-400 * bend * x[i]) - (2 * rest);
            gradient[i + 1] += 200 * bend;
        }

        return value;
    }

    // Eigenvalues 1 to n.
    private static double Quadratic(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double value = 0;
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i] = (i + 1) * x[i];
            value += 0.5 * gradient[i] * x[i];
        }

        return value;
    }

    private static Sequential LinearModel(Optimizer optimizer)
    {
        var model = new Sequential(new Input(2), new Dense(1));
        model.Compile(optimizer, "mse", seed: 1);
        return model;
    }

    private static (Tensor<float> X, Tensor<float> Y) LinearData()
    {
        var x = new Tensor<float>([50, 2]);
        new CounterRandom(5, 0).FillNormal(x.Span);
        var y = new Tensor<float>([50, 1]);
        for (int row = 0; row < 50; row++)
        {
            y[row, 0] = (3 * x[row, 0]) - (2 * x[row, 1]) + 0.5f;
        }

        return (x, y);
    }

    // Two tensors, one great enough for several threads, f = Σ (1 + i mod 20)·(w - 1)² / 2 + Σ (w - 1)⁴.
    private static (ParameterArena Arena, Func<float> Evaluate) Problem()
    {
        var arena = new ParameterArena([new Parameter("a", [70_000], new RandomUniform(-2, 2)), new Parameter("b", [10], new RandomUniform(-2, 2))]);
        arena.Initialize(1);
        return (arena, Evaluate);

        float Evaluate()
        {
            double value = 0;
            for (int index = 0; index < arena.Parameters.Count; index++)
            {
                Parameter parameter = arena.Parameters[index];
                for (int i = 0; i < parameter.Value.Length; i++)
                {
                    double error = parameter.Value[i] - 1;
                    value += ((1 + (i % 20)) * error * error / 2) + (error * error * error * error);
                    parameter.Gradient[i] = (float)(((1 + (i % 20)) * error) + (4 * error * error * error));
                }
            }

            return (float)value;
        }
    }

    /// <summary>φ(α) = -α / (α² + 2), whose minimum is at √2 (Moré and Thuente's first function with β = 2).</summary>
    private sealed class Line : ILineFunction
    {
        public LinePoint Last { get; private set; }

        public LinePoint At(double step) => Last = new LinePoint(
            step, -step / ((step * step) + 2), ((step * step) - 2) / Math.Pow((step * step) + 2, 2));
    }
}
