using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Scores of classes, the sums of what the leaves say that X [N, F] reaches, and the class with the greatest. Outputs: the labels [N] (int64 or string), the scores [N, classes]. Where all weights
/// are of one class of two, they score the second. https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html
/// </summary>
/// <param name="Nodes">The trees' nodes.</param>
/// <param name="Weights">What the leaves say.</param>
/// <param name="IntLabels">The labels, or null where they are texts.</param>
/// <param name="StringLabels">The labels, or null where they are numbers.</param>
/// <param name="BaseValues">What is added to the scores, or null.</param>
/// <param name="PostTransform">What becomes of the scores.</param>
public sealed record TreeEnsembleClassifier(
    TreeNodes Nodes, TreeWeights Weights, IntList? IntLabels = null, ValueList<string>? StringLabels = null, TreeNumbers? BaseValues = null, PostTransform PostTransform = PostTransform.None)
    : ClassicOperator
{
    /// <summary>The number of classes.</summary>
    public int Classes => IntLabels?.Count ?? StringLabels?.Count ?? 0;

    internal static Operator Read(AttributeReader reader) => new TreeEnsembleClassifier(
        TreeNodes.Read(reader), TreeWeights.Read(reader, "class"), reader.Ints("classlabels_int64s"), ReadStrings(reader, "classlabels_strings"), TreeNumbers.Read(reader, "base_values"),
        (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        BaseValues?.Write(writer, "base_values");
        Weights.Write(writer, "class");
        Write(writer, "classlabels_int64s", IntLabels);
        Write(writer, "classlabels_strings", StringLabels);
        Nodes.Write(writer);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        ClassLabels.Require(context, IntLabels, StringLabels, Classes);
        if (Classes < 1 || (BaseValues is not null && BaseValues.Count != Classes && BaseValues.Count != 1))
        {
            throw context.Error($"expected labels and one of 'base_values' for each, got {Classes} and {BaseValues?.Count ?? 0}.");
        }

        Nodes.Require(context);
        Weights.Require(context, Classes);
        context.SetOutput(0, StringLabels is null ? ElementType.Int64 : ElementType.String, new SymbolicShape(samples));
        context.SetOutput(1, ElementType.Float32, new SymbolicShape(samples, Classes));
    }
}
