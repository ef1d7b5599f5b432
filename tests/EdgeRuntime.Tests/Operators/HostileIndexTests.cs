using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

/// <summary>Indices and lengths that come with the inputs and point nowhere are refused by a message that names them.</summary>
public sealed class HostileIndexTests
{
    public static TheoryData<string, string> Names => new()
    {
        { "sequence length", "sequence lengths from 0 to 2, got 3" },
        { "negative sequence length", "sequence lengths from 0 to 2, got -1" },
        { "place", "places from 0 to 15, got 16" },
        { "position", "positions from 0 to 4, got 5" },
        { "sample", "batch_indices from 0 to 0, got -1" },
        { "region's sample", "samples 0 to 0, got NaN" },
        { "class", "classes from 0 to 2, got 3" },
        { "feature", "indices from 0 to 2, got 3" },
        { "keys", "nonpad_kv_seqlen from 0 to 2, got 9" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void An_index_that_points_nowhere_is_refused(string what, string message)
    {
        (Operator op, Tensor?[] inputs) = Case(what);
        var @case = new OperatorCase(what, op, inputs, Tensor.Scalar(0f)) { MinOpset = 24 };
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => session.Run(@case.Feeds()));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_that_come_back_to_themselves_are_refused()
    {
        var nodes = new O.TreeNodes([0, 0], [0, 1], [0, 0], new ValueList<float>(0, 0), new ValueList<string>("BRANCH_LEQ", "BRANCH_LEQ"), [1, 0], [1, 0]);
        var weights = new O.TreeWeights([0], [0], [0], new ValueList<float>(1f));
        var @case = new OperatorCase("ring", new O.TreeEnsembleRegressor(nodes, weights), [new Tensor<float>([1, 1])], Tensor.Scalar(0f));
        Assert.Throws<OnnxModelException>(() => ManagedBackend.Compile(@case.ToModel(constants: false)));
    }

    private static (Operator Op, Tensor?[] Inputs) Case(string what)
    {
        static Tensor<float> New(params int[] shape) => new(new Shape(shape));
        return what switch
        {
            "sequence length" => (new O.RNN(), [New(2, 1, 3), New(1, 4, 3), New(1, 4, 4), null, Tensor.Vector(3)]),
            "negative sequence length" => (new O.LSTM(), [New(2, 1, 3), New(1, 16, 3), New(1, 16, 4), null, Tensor.Vector(-1)]),
            "place" => (new O.MaxUnpool([2, 2], [2, 2]), [New(1, 1, 2, 2), Tensor.From([1, 1, 2, 2], 0L, 1L, 16L, 2L)]),
            "position" => (new O.RotaryEmbedding(), [New(1, 1, 2, 4), New(5, 2), New(5, 2), Tensor.From([1, 2], 0L, 5L)]),
            "sample" => (new O.RoiAlign(), [New(1, 1, 3, 3), New(1, 4), Tensor.Vector(-1L)]),
            "region's sample" => (new O.MaxRoiPool([1, 1]), [New(1, 1, 3, 3), Tensor.From([1, 5], float.NaN, 0, 0, 1, 1)]),
            "class" => (new O.NegativeLogLikelihoodLoss(), [New(1, 3), Tensor.Vector(3L)]),
            "feature" => (new O.ArrayFeatureExtractor(), [New(2, 3), Tensor.Vector(3L)]),
            _ => (new O.Attention(), [New(1, 1, 2, 4), New(1, 1, 2, 4), New(1, 1, 2, 4), null, null, null, Tensor.Vector(9L)]),
        };
    }
}
