using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Y [N, targets] = X [N, F] · coefficientsᵀ [F, targets] + intercepts, in float32. https://onnx.ai/onnx/operators/onnx_aionnxml_LinearRegressor.html</summary>
/// <param name="Coefficients">[targets, F].</param>
/// <param name="Intercepts">[targets]; null is 0.</param>
/// <param name="Targets">The number of targets.</param>
/// <param name="PostTransform">What becomes of the sums.</param>
public sealed record LinearRegressor(ValueList<float> Coefficients, ValueList<float>? Intercepts = null, long Targets = 1, PostTransform PostTransform = PostTransform.None) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new LinearRegressor(
        ReadFloats(reader, "coefficients") ?? throw reader.Error("expected attribute 'coefficients', which is not optional."),
        ReadFloats(reader, "intercepts"), reader.Int("targets", 1), (PostTransform)TextChoice.Read(reader, "post_transform", 0, PostTransforms));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "coefficients", Coefficients);
        Write(writer, "intercepts", Intercepts);
        writer.String("post_transform", PostTransforms[(int)PostTransform]);
        writer.Int("targets", Targets);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        Dimension samples = Samples(context);
        if (Targets is < 1 or > int.MaxValue || Coefficients.Count % Targets != 0 || (Intercepts is not null && Intercepts.Count != Targets))
        {
            throw context.Error($"expected coefficients and intercepts for {Targets} targets, got {Coefficients.Count} and {Intercepts?.Count ?? 0}.");
        }

        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], Coefficients.Count / Targets, "the features of X and the coefficients of a target");
        }

        context.SetOutput(0, ElementType.Float32, new SymbolicShape(samples, Targets));
    }
}
