using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>One axis of a Resize: where each output index lies in the input, and which input elements it is made of with which weights.</summary>
/// <param name="InputSize">Elements of the input.</param>
/// <param name="OutputSize">Elements of the output.</param>
/// <param name="Scale">Output elements for one of the input.</param>
/// <param name="RoiStart">Where the region of interest starts, as a share of the input.</param>
/// <param name="RoiEnd">Where it ends.</param>
internal readonly record struct ResizeAxis(int InputSize, int OutputSize, float Scale, float RoiStart, float RoiEnd)
{
    /// <summary>Whether every output element is the input element of its index.</summary>
    public bool IsIdentity(CoordinateTransformation transformation) =>
        InputSize == OutputSize && Scale == 1 && transformation != CoordinateTransformation.TfHalfPixelForNn
        && (transformation != CoordinateTransformation.TfCropAndResize || (RoiStart == 0 && RoiEnd == 1));

    /// <summary>The coordinate in the input of an output index, in float32 as the field's runtimes compute it.</summary>
    public float CoordinateOf(int index, CoordinateTransformation transformation) => transformation switch
    {
        CoordinateTransformation.HalfPixel => ((index + 0.5f) / Scale) - 0.5f,
        CoordinateTransformation.PytorchHalfPixel => OutputSize > 1 ? ((index + 0.5f) / Scale) - 0.5f : 0,
        CoordinateTransformation.AlignCorners => OutputSize > 1 ? index * (float)(InputSize - 1) / (OutputSize - 1) : 0,
        CoordinateTransformation.Asymmetric => index / Scale,
        CoordinateTransformation.TfHalfPixelForNn => (index + 0.5f) / Scale,
        CoordinateTransformation.TfCropAndResize => OutputSize > 1
            ? (RoiStart * (InputSize - 1)) + (index * (RoiEnd - RoiStart) * (InputSize - 1) / (OutputSize - 1))
            : 0.5f * (RoiStart + RoiEnd) * (InputSize - 1),

        // The output size may have been rounded down: what that takes away is shared between both ends.
        _ => (InputSize / 2f * (1 - (OutputSize / (Scale * InputSize)))) + ((index + 0.5f) / Scale) - 0.5f,
    };

    /// <summary>Whether a coordinate has no element of the input under it: only a region of interest can reach there.</summary>
    public bool IsOutside(float coordinate, CoordinateTransformation transformation) =>
        transformation == CoordinateTransformation.TfCropAndResize && (coordinate < 0 || coordinate > InputSize - 1);

    /// <summary>The nearest element.</summary>
    public int Nearest(float coordinate, NearestMode mode)
    {
        float rounded = mode switch
        {
            NearestMode.RoundPreferFloor => MathF.Ceiling(coordinate - 0.5f),
            NearestMode.RoundPreferCeil => MathF.Floor(coordinate + 0.5f),
            NearestMode.Floor => MathF.Floor(coordinate),
            _ => MathF.Ceiling(coordinate),
        };
        return (int)Math.Clamp(rounded, 0, InputSize - 1);
    }

    /// <summary>How many elements an interpolated one is made of at most.</summary>
    public static int TapCount(Resize op, int inputSize, int outputSize)
    {
        int reach = op.Mode == ResizeMode.Linear ? 1 : 2;
        double stretch = op.Antialias ? Math.Max(1, (double)inputSize / Math.Max(outputSize, 1)) : 1;

        // One more at each side for a scale that was rounded; no more than 2³¹ - 1 elements in any case.
        return op.Antialias ? (int)Math.Min((2 * Math.Ceiling(reach * stretch)) + 4, int.MaxValue) : 2 * reach;
    }

    /// <summary>The weights of the elements from the returned index on, which may lie outside: such an index means the outermost element.</summary>
    public int Weights(Resize op, float coordinate, Span<float> weights)
    {
        int reach = op.Mode == ResizeMode.Linear ? 1 : 2;
        float stretch = op.Antialias ? Math.Min(Scale, 1) : 1;
        int floor = (int)MathF.Floor(coordinate);
        int first = floor + 1 - (weights.Length / 2);
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            int index = first + i;
            bool isLeftOut = op.ExcludeOutside && (index < 0 || index >= InputSize);
            float distance = MathF.Abs(index - coordinate) * stretch;
            weights[i] = isLeftOut || distance >= reach ? 0 : reach == 1 ? 1 - distance : Cubic(distance, op.CubicCoeffA);
            sum += weights[i];
        }

        for (int i = 0; i < weights.Length && (op.Antialias || op.ExcludeOutside) && sum != 0; i++)
        {
            weights[i] /= sum;
        }

        return first;
    }

    // Keys, "Cubic convolution interpolation for digital image processing", 1981.
    private static float Cubic(float x, float a) => x <= 1
        ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
        : (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a);
}
