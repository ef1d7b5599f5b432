using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>A model with QuantizeLinear and DequantizeLinear, and what the engine makes of it.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Model">The model.</param>
/// <param name="Nodes">The operators that are run.</param>
/// <param name="Step">One step of the output's scale.</param>
/// <param name="IsExact">Whether fusing changes no bit.</param>
internal sealed record QuantizedModel(string Name, OnnxModel Model, string[] Nodes, double Step, bool IsExact)
{
    /// <summary>Numbers for the inputs.</summary>
    public Dictionary<string, Tensor> Feeds()
    {
        var tensors = new RandomTensors(17);
        return Model.Graph.Inputs.ToDictionary(
            input => input.Name,
            input => input.ElementType == ElementType.Bool
                ? Reference.Build(ElementType.Bool, SizesOf(input), index => index.Sum() % 3 == 0 ? 1 : 0)
                : (Tensor)tensors.Float([.. SizesOf(input).Dimensions]));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Shape SizesOf(ValueInfo input) => new([.. input.Shape!.Dimensions.ToArray().Select(dimension => (int)(dimension.Size ?? 2))]);
}
