using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Scores of classes, X [N, F] · coefficientsᵀ + intercepts in float32, and the class with the greatest. Outputs: the labels [N] (int64 or string), the scores [N, classes]. One row of
/// coefficients with two labels scores the second. https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html
/// </summary>
/// <param name="Coefficients">[rows, F].</param>
/// <param name="Intercepts">[rows].</param>
/// <param name="IntLabels">The labels, or null where they are texts.</param>
/// <param name="StringLabels">The labels, or null where they are numbers.</param>
/// <param name="PostTransform">What becomes of the scores.</param>
/// <param name="MultiClass">Whether the model was fitted to all classes at once; it says nothing about the computation.</param>
public sealed record LinearClassifier(
    ValueList<float> Coefficients,
    ValueList<float>? Intercepts = null,
    IntList? IntLabels = null,
    ValueList<string>? StringLabels = null,
    PostTransform PostTransform = PostTransform.None,
    long MultiClass = 0) : ClassicOperator
{
    /// <summary>The rows of coefficients.</summary>
    public int Rows => Intercepts?.Count ?? Math.Max(IntLabels?.Count ?? StringLabels?.Count ?? 1, 1);

    /// <summary>The scores of a sample.</summary>
    public int Scores => Rows == 1 && (IntLabels?.Count ?? StringLabels?.Count) == 2 ? 2 : Rows;

    internal static Operator Read(AttributeReader reader) => new LinearClassifier(
        ReadFloats(reader, "coefficients") ?? throw reader.Error("expected attribute 'coefficients', which is not optional."),
        ReadFloats(reader, "intercepts"), reader.Ints("classlabels_ints"), ReadStrings(reader, "classlabels_strings"),
        (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms), reader.Int("multi_class", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "classlabels_ints", IntLabels);
        Write(writer, "classlabels_strings", StringLabels);
        Write(writer, "coefficients", Coefficients);
        Write(writer, "intercepts", Intercepts);
        writer.Int("multi_class", MultiClass);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        if (Rows < 1 || Coefficients.Count % Rows != 0)
        {
            throw context.Error($"expected coefficients for {Rows} rows, got {Coefficients.Count}.");
        }

        ClassLabels.Require(context, IntLabels, StringLabels, Scores);
        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], Coefficients.Count / Rows, "the features of X and the coefficients of a row");
        }

        context.SetOutput(0, StringLabels is null ? ElementType.Int64 : ElementType.String, new SymbolicShape(samples));
        context.SetOutput(1, ElementType.Float32, new SymbolicShape(samples, Scores));
    }
}
