using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Where <see cref="PrecisionWidening"/> rounds a result that an element-wise node behind it widens again, and nothing else reads it, the pair
/// goes: both nodes may then become one, which rounds once. Nodes whose result jumps (Floor, a comparison) keep reading rounded numbers, and so
/// does whatever the model casts by itself.
/// </summary>
internal sealed class RoundTripRemoval : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(RoundTripRemoval);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (GraphNode node in graph.Nodes)
        {
            if (node is { Operator: PrecisionCast { To: ElementType.Float32 }, Inputs: [{ IsOutput: false, Consumers.Count: 1, Producer: { Operator: PrecisionCast } rounding }], Outputs: [{ } wide] }
                && rounding.Inputs[0] is { Info.Type: ElementType.Float32 } exact
                && wide.Consumers.TrueForAll(consumer => IsSmooth(consumer.Operator)))
            {
                graph.Replace(wide, exact);
            }
        }
    }

    private static bool IsSmooth(Operator op) =>
        op is BatchNormalization or Add or Sub or Mul or Clip or Relu or LeakyRelu or Sigmoid or Tanh or HardSigmoid or HardSwish or Elu or Gelu or Swish;
}
