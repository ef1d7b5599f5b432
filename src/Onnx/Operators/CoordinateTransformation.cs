namespace Toolkit.Onnx.Operators;

/// <summary>Which coordinate x of the input an index y of <see cref="Resize"/>'s output stands for; s is the scale.</summary>
public enum CoordinateTransformation
{
    /// <summary>x = (y + 0.5) / s - 0.5.</summary>
    HalfPixel,

    /// <summary>As HalfPixel, but 0 where the output has one element.</summary>
    PytorchHalfPixel,

    /// <summary>x = y · (input size - 1) / (output size - 1).</summary>
    AlignCorners,

    /// <summary>x = y / s.</summary>
    Asymmetric,

    /// <summary>The region of interest, with its corners aligned.</summary>
    TfCropAndResize,

    /// <summary>As HalfPixel, centred where the output size was rounded (opset 19).</summary>
    HalfPixelSymmetric,

    /// <summary>x = (y + 0.5) / s (opsets 11 and 12).</summary>
    TfHalfPixelForNn,
}
