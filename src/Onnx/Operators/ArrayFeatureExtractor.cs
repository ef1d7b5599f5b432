using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Features of X, picked by index on the last axis. Inputs: X […, F], Y (int64, any shape: the indices). Output: […, indices], of X [F] [1, indices].
/// https://onnx.ai/onnx/operators/onnx_aionnxml_ArrayFeatureExtractor.html
/// </summary>
public sealed record ArrayFeatureExtractor : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new ArrayFeatureExtractor();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        if (context.Type(1) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for the indices (input 1), got {context.Type(1)}.");
        }

        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (x.Rank == 0)
        {
            throw context.Error("expected X of rank 1 or more, got a scalar.");
        }

        Dimension count = context.Shape(1)?.ElementCount is { } indices ? indices : Dimension.Unknown;
        context.SetOutput(0, context.Type(0), x.Rank == 1 ? new SymbolicShape(1, count) : new SymbolicShape([.. x.Dimensions[..^1], count]));
    }
}
