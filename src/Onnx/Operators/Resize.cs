using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// data at other sizes, interpolated. Inputs: X, roi (optional, [2k]: all starts, then all ends), scales (optional, float32
/// [k]), sizes (optional, int64 [k]): one of the last two says how large the output is; k is the rank, or the number of axes.
/// Opset 10's form and Upsample are read as this. https://onnx.ai/onnx/operators/onnx__Resize.html
/// </summary>
/// <param name="Mode">How elements between those of X are computed.</param>
/// <param name="Transformation">Which coordinate of X an index of the output stands for.</param>
/// <param name="NearestMode">How a coordinate is rounded in mode nearest.</param>
/// <param name="CubicCoeffA">The cubic kernel's parameter a.</param>
/// <param name="ExcludeOutside">Whether the cubic kernel's weights outside of X are 0 and the others share what they had.</param>
/// <param name="ExtrapolationValue">The elements whose coordinate is outside of X in TfCropAndResize.</param>
/// <param name="Antialias">Whether the kernel is stretched where the output is smaller.</param>
/// <param name="Axes">The axes that scales, sizes and roi are of; null is all.</param>
/// <param name="KeepAspectRatio">What becomes of sizes whose ratio is not X's.</param>
public sealed record Resize(
    ResizeMode Mode = ResizeMode.Nearest,
    CoordinateTransformation Transformation = CoordinateTransformation.HalfPixel,
    NearestMode NearestMode = NearestMode.RoundPreferFloor,
    float CubicCoeffA = -0.75f,
    bool ExcludeOutside = false,
    float ExtrapolationValue = 0f,
    bool Antialias = false,
    IntList? Axes = null,
    KeepAspectRatio KeepAspectRatio = KeepAspectRatio.Stretch) : Operator
{
    private const int CoordinatesSince = 11;
    private const int WithoutHalfPixelForNnSince = 13;
    private const int AxesSince = 18;
    private const int SymmetricSince = 19;

    private static readonly string[] Modes = ["nearest", "linear", "cubic"];
    private static readonly string[] Transformations =
        ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize", "half_pixel_symmetric", "tf_half_pixel_for_nn"];

    private static readonly string[] NearestModes = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"];
    private static readonly string[] Policies = ["stretch", "not_larger", "not_smaller"];

    internal static Operator Read(AttributeReader reader)
    {
        var mode = (ResizeMode)TextChoice.Read(reader, "mode", 0, Modes);
        if (reader.Opset < CoordinatesSince)
        {
            return ScalesOnly(reader, mode);
        }

        var transformation = (CoordinateTransformation)TextChoice.Read(reader, "coordinate_transformation_mode", 0, Transformations);
        if (transformation == CoordinateTransformation.TfHalfPixelForNn && reader.Opset >= WithoutHalfPixelForNnSince)
        {
            throw reader.Error($"'coordinate_transformation_mode' tf_half_pixel_for_nn is of opsets 11 and 12, and the model is of opset {reader.Opset}.");
        }

        var nearest = (NearestMode)TextChoice.Read(reader, "nearest_mode", 0, NearestModes);
        bool newest = reader.Opset >= AxesSince;
        return new Resize(
            mode,
            transformation,
            nearest,
            reader.Float("cubic_coeff_a", -0.75f),
            reader.Flag("exclude_outside", false),
            reader.Float("extrapolation_value", 0),
            newest && reader.Flag("antialias", false),
            newest ? reader.Ints("axes") : null,
            newest ? (KeepAspectRatio)TextChoice.Read(reader, "keep_aspect_ratio_policy", 0, Policies) : KeepAspectRatio.Stretch);
    }

    /// <summary>Upsample, which Resize replaced in opset 10: X and scales, the latter an attribute before opset 9, and before opset 7 one for each axis of an image.</summary>
    internal static Operator ReadUpsample(AttributeReader reader)
    {
        string mode = reader.String("mode", "nearest");
        if (mode is not ("nearest" or "linear" or "bilinear"))
        {
            throw reader.Error($"expected nearest or linear for 'mode', got '{mode}'.");
        }

        if (reader.Opset < 9)
        {
            float[] scales = reader.Opset < 7
                ? [1, 1, Required("height_scale"), Required("width_scale")]
                : [.. reader.Floats("scales") ?? throw reader.Error("expected attribute 'scales', which is not optional.")];
            reader.SetInput(1, "scales", Tensor.Vector(scales));
        }

        return ScalesOnly(reader, mode == "nearest" ? ResizeMode.Nearest : ResizeMode.Linear);

        float Required(string name) => reader.Has(name) ? reader.Float(name, 1) : throw reader.Error($"expected attribute '{name}', which is not optional.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < CoordinatesSince)
        {
            throw writer.Error($"coordinate transformations need opset {CoordinatesSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset < AxesSince && (Antialias || Axes is not null || KeepAspectRatio != KeepAspectRatio.Stretch))
        {
            throw writer.Error($"antialias, axes and keep_aspect_ratio_policy need opset {AxesSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset < SymmetricSince && Transformation == CoordinateTransformation.HalfPixelSymmetric)
        {
            throw writer.Error($"half_pixel_symmetric needs opset {SymmetricSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset >= WithoutHalfPixelForNnSince && Transformation == CoordinateTransformation.TfHalfPixelForNn)
        {
            throw writer.Error($"tf_half_pixel_for_nn needs opset 11 or 12, got {writer.Opset}; write one of those.");
        }

        if (writer.Opset >= AxesSince)
        {
            writer.Flag("antialias", Antialias);
            if (Axes is not null)
            {
                writer.Ints("axes", Axes.Values);
            }
        }

        writer.String("coordinate_transformation_mode", Transformations[(int)Transformation]);
        writer.Float("cubic_coeff_a", CubicCoeffA);
        writer.Flag("exclude_outside", ExcludeOutside);
        writer.Float("extrapolation_value", ExtrapolationValue);
        if (writer.Opset >= AxesSince)
        {
            writer.String("keep_aspect_ratio_policy", Policies[(int)KeepAspectRatio]);
        }

        writer.String("mode", Modes[(int)Mode]);
        writer.String("nearest_mode", NearestModes[(int)NearestMode]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 4);
        context.RequireType(0, ElementTypeSet.Any);
        context.RequireType(1, ElementTypeSet.Floating);
        context.RequireType(2, ElementTypeSet.Floating);
        context.RequireType(3, ElementTypeSet.Signed);
        for (int input = 1; input < 4; input++)
        {
            context.RequireRank(input, 1);
        }

        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(OutputSizes(context, x)));
    }

    /// <summary>The axes that the inputs are of, from 0 on.</summary>
    internal int[] ResolveAxes(InferenceContext context, int rank)
    {
        int[] axes = Axes is null ? [.. Enumerable.Range(0, rank)] : [.. Axes.Select(axis => context.RequireAxis(axis, rank))];
        return axes.Distinct().Count() == axes.Length ? axes : throw context.Error($"expected axes that differ, got {Axes}.");
    }

    /// <summary>Whether an input is there and not an empty list, which older exporters write for one that is left out.</summary>
    private static bool IsGiven(InferenceContext context, int input) => context.HasInput(input) && context.Shape(input)?.ElementCount is not 0;

    private static Resize ScalesOnly(AttributeReader reader, ResizeMode mode)
    {
        string scales = reader.Input(1);
        reader.SetInput(1, "");
        reader.SetInput(2, scales);
        return new Resize(mode, CoordinateTransformation.Asymmetric, NearestMode.Floor);
    }

    private Dimension[] OutputSizes(InferenceContext context, SymbolicShape x)
    {
        int[] axes = ResolveAxes(context, x.Rank);
        bool bySizes = IsGiven(context, 3);
        if (bySizes && IsGiven(context, 2) && context.Shape(2) is { IsKnown: true })
        {
            throw context.Error("expected scales or sizes, got both.");
        }

        if (!bySizes && !IsGiven(context, 2))
        {
            throw context.Error("expected scales or sizes, got neither.");
        }

        Dimension[] result = x.Dimensions.ToArray();
        if (bySizes)
        {
            IReadOnlyList<SymbolicInteger>? sizes = context.Elements(3);
            RequireCount(sizes?.Count, "sizes");
            double? ratio = sizes is null ? null : Ratio(x, axes, sizes);
            for (int i = 0; i < axes.Length; i++)
            {
                Dimension wanted = sizes is null ? Dimension.Unknown
                    : sizes[i].Value is < 0 ? throw context.Error($"expected sizes of 0 or more, got [{string.Join(',', sizes)}].")
                    : sizes[i].ToDimension();
                result[axes[i]] = KeepAspectRatio == KeepAspectRatio.Stretch ? wanted
                    : ratio is { } scale && x[axes[i]].Size is { } size ? Checked(context, Math.Floor((size * scale) + 0.5))
                    : Dimension.Unknown;
            }

            return result;
        }

        float[]? scales = context.Constant(2) is Tensor<float> constant ? constant.ToArray() : null;
        float[]? roi = Transformation != CoordinateTransformation.TfCropAndResize ? [] : context.Constant(1) is Tensor<float> region ? region.ToArray() : null;
        RequireCount(scales?.Length, "scales");
        if (roi is { Length: > 0 } && roi.Length != 2 * axes.Length)
        {
            throw context.Error($"expected {2 * axes.Length} numbers in roi, got {roi.Length}.");
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i];
            if (scales?[i] is { } bad && !(bad > 0 && float.IsFinite(bad)))
            {
                throw context.Error($"expected scales above 0, got [{string.Join(',', scales)}].");
            }

            double share = roi is { Length: > 0 } ? roi[i + axes.Length] - roi[i] : 1;
            result[axis] = scales is null || roi is null ? Dimension.Unknown
                : scales[i] == 1 && share == 1 ? x[axis]
                : x[axis].Size is { } size ? Checked(context, Math.Floor(size * share * scales[i]))
                : Dimension.Unknown;
        }

        return result;

        void RequireCount(int? count, string what)
        {
            if (count is { } known && known != axes.Length)
            {
                throw context.Error($"expected {axes.Length} {what}, one for each axis, got {known}.");
            }
        }
    }

    /// <summary>The one scale that keeps the ratio; null where a size is not known.</summary>
    private double? Ratio(SymbolicShape x, int[] axes, IReadOnlyList<SymbolicInteger> sizes)
    {
        double? result = null;
        for (int i = 0; i < axes.Length; i++)
        {
            if (sizes[i].Value is not { } wanted || x[axes[i]].Size is not { } size || size <= 0)
            {
                return null;
            }

            double scale = (double)wanted / size;
            result = result is not { } best ? scale : KeepAspectRatio == KeepAspectRatio.NotLarger ? Math.Min(best, scale) : Math.Max(best, scale);
        }

        return result;
    }

    private static Dimension Checked(InferenceContext context, double size) => size is >= 0 and < long.MaxValue ? (long)size
        : throw context.Error($"expected an output size from 0 to {long.MaxValue}, got {size}.");
}
