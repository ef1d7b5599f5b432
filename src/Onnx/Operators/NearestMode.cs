namespace Toolkit.Onnx.Operators;

/// <summary>How <see cref="Resize"/> rounds a coordinate to the nearest element.</summary>
public enum NearestMode
{
    /// <summary>To the nearest; down from the middle.</summary>
    RoundPreferFloor,

    /// <summary>To the nearest; up from the middle.</summary>
    RoundPreferCeil,

    /// <summary>Down.</summary>
    Floor,

    /// <summary>Up.</summary>
    Ceil,
}
