using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y [N, targets]: what the leaves that X [N, F] reaches say, over all trees, in the type of X: float16, float32 or float64. Since opset 5, in place of <see cref="TreeEnsembleClassifier"/> and
/// <see cref="TreeEnsembleRegressor"/>. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
/// </summary>
/// <param name="Roots">The branch at which each tree begins.</param>
/// <param name="Branches">The branches.</param>
/// <param name="LeafTargets">The target to which each leaf adds.</param>
/// <param name="LeafWeights">What it adds.</param>
/// <param name="Targets">The number of targets.</param>
/// <param name="Aggregate">How the trees go together.</param>
/// <param name="PostTransform">What becomes of the results.</param>
public sealed record TreeEnsemble(
    IntList Roots,
    TreeBranches Branches,
    IntList LeafTargets,
    TreeNumbers LeafWeights,
    long Targets = 1,
    TreeAggregate Aggregate = TreeAggregate.Sum,
    PostTransform PostTransform = PostTransform.None) : ClassicOperator
{
    // In the order of ONNX's numbers.
    private static readonly TreeAggregate[] Aggregates = [TreeAggregate.Average, TreeAggregate.Sum, TreeAggregate.Min, TreeAggregate.Max];

    internal static Operator Read(AttributeReader reader)
    {
        return new TreeEnsemble(
            Required("tree_roots"), TreeBranches.Read(reader), Required("leaf_targetids"),
            TreeNumbers.ReadTensor(reader, "leaf_weights") ?? throw reader.Error("expected attribute 'leaf_weights', which is not optional."), reader.Int("n_targets", 1),
            Aggregates[Choice("aggregate_function", 1, Aggregates.Length)], (PostTransform)Choice("post_transform", 0, PostTransforms.Length));

        IntList Required(string name) => reader.Ints(name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");

        long Choice(string name, long defaultValue, int count) => reader.Int(name, defaultValue) is var value && value >= 0 && value < count ? value
            : throw reader.Error($"expected 0 to {count - 1} for '{name}', got {value}.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("aggregate_function", Array.IndexOf(Aggregates, Aggregate));
        writer.Ints("leaf_targetids", LeafTargets.Values);
        LeafWeights.WriteTensor(writer, "leaf_weights");
        writer.Int("n_targets", Targets);
        Branches.Write(writer);
        writer.Int("post_transform", (int)PostTransform);
        writer.Ints("tree_roots", Roots.Values);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        context.RequireType(0, ElementTypeSet.Floating);
        if (Targets is < 1 or > int.MaxValue)
        {
            throw context.Error($"expected 'n_targets' of 1 or more, got {Targets}.");
        }

        if (LeafTargets.Count == 0 || LeafWeights.Count != LeafTargets.Count || LeafTargets.Any(target => target < 0 || target >= Targets))
        {
            throw context.Error($"expected as many 'leaf_weights' as 'leaf_targetids', and targets from 0 to {Targets - 1}, got {LeafWeights.Count} and {LeafTargets.Count}.");
        }

        Branches.Require(context, LeafTargets.Count);
        if (Roots.Count == 0 || Roots.Any(root => root < 0 || root >= Branches.Count))
        {
            throw context.Error($"expected places of {Branches.Count} branches in 'tree_roots', got {Roots}.");
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(samples, Targets));
    }
}
