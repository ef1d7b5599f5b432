using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

/// <summary>Operators that draw random numbers: their distribution, and what a seed repeats.</summary>
public sealed class RandomOperatorTests
{
    /// <summary>The operators that these tests cover; no case can say what they give.</summary>
    public static IReadOnlyList<Type> Covered { get; } =
        [typeof(O.Bernoulli), typeof(O.Multinomial), typeof(O.RandomNormal), typeof(O.RandomNormalLike), typeof(O.RandomUniform), typeof(O.RandomUniformLike)];

    private static readonly Tensor<float> Shape = Tensor.Full([100, 200], 0.3f);

    [Fact]
    public void Normal_numbers_have_the_mean_and_the_deviation_that_are_asked_for()
    {
        AssertMoments(Run(new O.RandomNormal([100, 200], 2f, 3f, null, 1f)), 2, 3);
        AssertMoments(Run(new O.RandomNormal([100, 200], 2f, 3f, ElementType.Float64)), 2, 3);
        AssertMoments(Run(new O.RandomNormalLike(-1f, 0.5f, null, 4f), Shape), -1, 0.5);
    }

    [Fact]
    public void Uniform_numbers_fill_their_range()
    {
        foreach (Tensor y in new[] { Run(new O.RandomUniform([100, 200], -1f, 3f, null, 1f)), Run(new O.RandomUniformLike(-1f, 3f, ElementType.Float64), Shape) })
        {
            AssertMoments(y, 1, 4 / Math.Sqrt(12));
            Assert.All(Elements.Of(y), x => Assert.InRange(x, -1, 3));
        }
    }

    [Fact]
    public void Bernoulli_gives_1_as_often_as_its_probability_says()
    {
        Assert.Equal(0.3, Elements.Of(Run(new O.Bernoulli(ElementType.Bool, 2f), Shape)).Average(), 0.02);
        Assert.Equal(0.3, Elements.Of(Run(new O.Bernoulli(), Shape)).Average(), 0.02);
        Assert.Equal([0, 1], Elements.Of(Run(new O.Bernoulli(ElementType.Int64, 2f), Tensor.Vector(0.0, 1.0))));
    }

    [Fact]
    public void Multinomial_draws_classes_as_often_as_their_weights_say()
    {
        Tensor logits = Tensor.From([2, 3], 0f, float.NegativeInfinity, (float)Math.Log(3), 1000f, 1000f, float.NegativeInfinity);
        long[] y = Run(new O.Multinomial(10_000, ElementType.Int64, 3f), logits).As<long>().ToArray();
        Assert.Equal(2500, y[..10_000].Count(c => c == 0), 200.0);
        Assert.DoesNotContain(1L, y[..10_000]);
        Assert.Equal(5000, y[10_000..].Count(c => c == 1), 250.0);
        Assert.DoesNotContain(2L, y[10_000..]);
        Assert.Equal(ElementType.Int32, Run(new O.Multinomial(2), logits).ElementType);
        var builder = new ModelBuilder().Input("x", 1, 2);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Multinomial(), "x")).Build());
        Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.From([1, 2], float.NaN, 0f) }));
    }

    [Fact]
    public void A_seed_repeats_the_numbers_and_without_one_every_run_draws_others()
    {
        Operator[] seeded = [new O.RandomNormalLike(Seed: 5f), new O.RandomUniformLike(Seed: 5f), new O.Bernoulli(Seed: 5f)];
        Operator[] free = [new O.RandomNormalLike(), new O.RandomUniformLike(), new O.Bernoulli()];
        for (int i = 0; i < seeded.Length; i++)
        {
            Assert.Equal(Elements.Of(Run(seeded[i], Shape)), Elements.Of(Run(seeded[i], Shape)));
            var builder = new ModelBuilder().Input("x", 100, 200);
            using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(free[i], "x")).Build());
            Assert.NotEqual(Draw(session), Draw(session));
            Assert.NotEqual(Elements.Of(Run(free[i], Shape)), Elements.Of(Run(free[i], Shape)));
        }

        Assert.NotEqual(Elements.Of(Run(new O.RandomUniformLike(Seed: 5f), Shape)), Elements.Of(Run(new O.RandomUniformLike(Seed: 6f), Shape)));

        static double[] Draw(ManagedSession session) => Elements.Of(session.Run(new Dictionary<string, Tensor> { ["x"] = Shape }).GetAt(0).Value);
    }

    [Fact]
    public void Dropout_keeps_as_many_as_its_ratio_says_and_without_a_seed_other_ones_in_every_run()
    {
        var builder = new ModelBuilder().Input("x", ElementType.Float16, new SymbolicShape(100, 200)).Input("ratio").Input("training", ElementType.Bool, new SymbolicShape());
        builder.Node(new O.Dropout(), ["x", "ratio", "training"], ["y", "mask"]);
        using ManagedSession session = ManagedBackend.Compile(builder.Output("y", "mask").Build());
        Tensor x = Tensor.Full([100, 200], (Half)0.5f);
        OrderedDictionary<string, Tensor> first = Draw(0.25f, true);
        bool[] mask = first["mask"].As<bool>().ToArray();
        Assert.Equal(0.75, mask.Average(kept => kept ? 1.0 : 0.0), 0.02);
        Assert.Equal(mask.Select(kept => kept ? (Half)(0.5f / 0.75f) : Half.Zero), first["y"].As<Half>().ToArray());
        Assert.NotEqual(mask, Draw(0.25f, true)["mask"].As<bool>().ToArray());
        Assert.Equal(x.As<Half>().ToArray(), Draw(0.25f, false)["y"].As<Half>().ToArray());
        Assert.Contains("below 1", Assert.Throws<ArgumentException>(() => Draw(1f, true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Draw(float.NaN, true));

        OrderedDictionary<string, Tensor> Draw(float ratio, bool training) =>
            session.Run(new Dictionary<string, Tensor> { ["x"] = x, ["ratio"] = Tensor.Scalar(ratio), ["training"] = Tensor.Scalar(training) });
    }

    [Fact]
    public void Numbers_without_a_seed_are_not_folded_into_the_model()
    {
        var builder = new ModelBuilder();
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.RandomNormal([3]))).Build());
        Assert.Single(session.Program.Nodes);
    }

    private static void AssertMoments(Tensor y, double mean, double deviation)
    {
        double[] values = Elements.Of(y);
        Assert.Equal(20_000, values.Length);
        double average = values.Average();
        Assert.Equal(mean, average, 0.05 * deviation);
        Assert.Equal(deviation, Math.Sqrt(values.Average(x => (x - average) * (x - average))), 0.03 * deviation);
    }

    private static Tensor Run(Operator op, params Tensor[] inputs)
    {
        var @case = new OperatorCase("", op, inputs, Shape);
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        return session.Run(@case.Feeds()).GetAt(0).Value;
    }
}
