namespace Toolkit.Onnx.Operators;

/// <summary>What <see cref="Resize"/> makes of sizes whose ratio is not the input's (opset 18).</summary>
public enum KeepAspectRatio
{
    /// <summary>The sizes are taken as they are.</summary>
    Stretch,

    /// <summary>The greatest output of the input's ratio that exceeds none of the sizes.</summary>
    NotLarger,

    /// <summary>The smallest output of the input's ratio that falls short of none of the sizes.</summary>
    NotSmaller,
}
