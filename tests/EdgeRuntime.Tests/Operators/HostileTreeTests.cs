using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class HostileTreeTests
{
    private static readonly O.TreeEnsemble Good = EnsembleCases.Ensemble(ElementType.Float32);

    public static TheoryData<string> Names => [.. Damaged.Keys];

    private static Dictionary<string, Operator> Damaged { get; } = new()
    {
        ["a branch behind itself"] = Of(Good.Branches with { TrueIds = [0, 1, 0] }),
        ["two branches behind each other"] = Of(Good.Branches with { TrueIds = [1, 0, 0], TrueLeaves = [0, 0, 1] }),
        ["a ring that no root reaches"] = Of(Good.Branches with { TrueIds = [1, 1, 2], TrueLeaves = [0, 1, 0] }) with { Roots = [0] },
        ["a branch that is not there"] = Of(Good.Branches with { TrueIds = [3, 1, 0] }),
        ["a negative branch"] = Of(Good.Branches with { TrueIds = [-1, 1, 0] }),
        ["a branch far away"] = Of(Good.Branches with { TrueIds = [4294967297, 1, 0] }),
        ["a leaf that is not there"] = Of(Good.Branches with { FalseIds = [0, 2, 4] }),
        ["neither leaf nor branch"] = Of(Good.Branches with { FalseLeaves = [1, 2, 1] }),
        ["a feature that is not there"] = Of(Good.Branches with { FeatureIds = [0, 3, 2] }),
        ["a negative feature"] = Of(Good.Branches with { FeatureIds = [0, -1, 2] }),
        ["a mode that is not there"] = Of(Good.Branches with { Modes = new ValueList<byte>(0, 3, 7) }),
        ["a membership without members"] = Of(Good.Branches with { Modes = new ValueList<byte>(0, 3, 6) }),
        ["members without a membership"] = Of(Good.Branches with { Members = new ValueList<float>(1f, float.NaN) }),
        ["too few modes"] = Of(Good.Branches with { Modes = new ValueList<byte>(0, 3) }),
        ["too many splits"] = Of(Good.Branches with { Splits = new ValueList<float>(1f, 2, 3, 4) }),
        ["too few flags of missing values"] = Of(Good.Branches with { MissingTracksTrue = [1] }),
        ["no branches"] = Of(new O.TreeBranches([], new ValueList<byte>(), new ValueList<float>(), [], [], [], [])),
        ["a root that is not there"] = Good with { Roots = [0, 3] },
        ["a negative root"] = Good with { Roots = [-1] },
        ["no roots"] = Good with { Roots = [] },
        ["a target that is not there"] = Good with { LeafTargets = [0, 0, 1, 0] },
        ["a negative target"] = Good with { LeafTargets = [0, 0, -1, 0] },
        ["too few weights"] = Good with { LeafWeights = new ValueList<float>(1f) },
        ["no targets"] = Good with { Targets = 0 },
        ["more targets than there is memory for"] = Good with { Targets = long.MaxValue },
        ["labels without scores"] = new O.SVMClassifier(default, new ValueList<float>(1f, 2), new ValueList<float>(0f), new ValueList<float>(), [], [1, 2, 3, 4]),
        ["vectors that no class has"] = new O.SVMClassifier(default, new ValueList<float>(1f, 2, 3), new ValueList<float>(0f), new ValueList<float>(1f, 2, 3), [], [1]),
        ["columns of inputs that are not there"] = new O.FeatureVectorizer([1, 2]),
        ["a negative number of columns"] = new O.FeatureVectorizer([-1]),
        ["a label twice"] = new O.ZipMap([1, 2, 1]),
        ["too few labels"] = new O.ZipMap([1, 2]),
    };

    [Fact]
    public void The_ensemble_that_is_damaged_here_is_a_good_one()
    {
        using ManagedSession session = ManagedBackend.Compile(Case(Good, 3).ToModel(constants: false));
        Assert.Single(session.Run(Case(Good, 3).Feeds()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_model_is_refused(string what) => Assert.Throws<OnnxModelException>(() => ManagedBackend.Compile(Case(Damaged[what], 3).ToModel(constants: false)));

    [Fact]
    public void Features_that_only_the_run_knows_are_checked()
    {
        OnnxModel model = Case(Good, 3).ToModel(constants: false);
        model.Graph.Inputs[0] = new ValueInfo("x0", ElementType.Float32, new SymbolicShape("N", "F"));
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.Equal(2, session.Run(Case(Good, 3).Feeds())["y0"].Length);
        Assert.ThrowsAny<Exception>(() => session.Run(Case(Good, 2).Feeds()));
    }

    private static O.TreeEnsemble Of(O.TreeBranches branches) => Good with { Branches = branches };

    private static OperatorCase Case(Operator op, int features) => new("case", op, [new Tensor<float>([2, features])], Tensor.Scalar(0f));
}
