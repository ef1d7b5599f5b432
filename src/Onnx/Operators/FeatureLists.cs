namespace Toolkit.Onnx.Operators;

/// <summary>Attributes that hold one number for everything or one for each feature, the last axis of X.</summary>
internal static class FeatureLists
{
    /// <summary>Checks a list's length, where the number of features is known.</summary>
    public static void Require(InferenceContext context, int? count, string name)
    {
        Dimension features = context.Shape(0) is { Rank: > 0 } x ? x[x.Rank - 1] : Dimension.Unknown;
        if (count is 0 || (count is > 1 && features.Size is { } size && size != count))
        {
            throw context.Error($"expected one number or {features} in '{name}', got {count}.");
        }
    }
}
