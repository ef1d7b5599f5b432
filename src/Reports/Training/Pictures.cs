using Toolkit.Numerics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>Pictures in tensors.</summary>
internal static class Pictures
{
    /// <summary>One of [n, …] without a copy: […].</summary>
    public static Tensor<float> At(Tensor<float> tensor, int index)
    {
        var shape = new Shape(tensor.Shape.Dimensions[1..]);
        return new Tensor<float>(shape, tensor.Memory.Slice(index * shape.Length, shape.Length));
    }

    /// <summary>How pictures are shown: as they are where they lie in [0, 1], else stretched.</summary>
    public static ImageScale ScaleOf(Tensor<float> images)
    {
        foreach (float value in images.Span)
        {
            if (value is < 0 or > 1)
            {
                return ImageScale.Range;
            }
        }

        return ImageScale.Unit;
    }
}
