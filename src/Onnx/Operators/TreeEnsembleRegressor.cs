using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Y [N, targets]: what the leaves that X [N, F] reaches say, over all trees, plus a base. The result is float32. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html</summary>
/// <param name="Nodes">The trees' nodes.</param>
/// <param name="Weights">What the leaves say.</param>
/// <param name="Targets">The number of targets.</param>
/// <param name="BaseValues">[targets], or null.</param>
/// <param name="Aggregate">How the trees go together.</param>
/// <param name="PostTransform">What becomes of the results.</param>
public sealed record TreeEnsembleRegressor(
    TreeNodes Nodes, TreeWeights Weights, long Targets = 1, TreeNumbers? BaseValues = null, TreeAggregate Aggregate = TreeAggregate.Sum, PostTransform PostTransform = PostTransform.None)
    : ClassicOperator
{
    private static readonly string[] Aggregates = ["SUM", "AVERAGE", "MIN", "MAX"];

    internal static Operator Read(AttributeReader reader) => new TreeEnsembleRegressor(
        TreeNodes.Read(reader), TreeWeights.Read(reader, "target"), reader.Int("n_targets", 1), TreeNumbers.Read(reader, "base_values"),
        (TreeAggregate)TextChoice.Read(reader, "aggregate_function", 0, Aggregates), (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.String("aggregate_function", Aggregates[(int)Aggregate]);
        BaseValues?.Write(writer, "base_values");
        writer.Int("n_targets", Targets);
        Nodes.Write(writer);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
        Weights.Write(writer, "target");
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        if (Targets is < 1 or > int.MaxValue || (BaseValues is not null && BaseValues.Count != Targets))
        {
            throw context.Error($"expected 'n_targets' of 1 or more and as many 'base_values', got {Targets} and {BaseValues?.Count ?? 0}.");
        }

        Nodes.Require(context);
        Weights.Require(context, Targets);
        context.SetOutput(0, ElementType.Float32, new SymbolicShape(samples, Targets));
    }
}
