using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Removes what hands its input on unchanged: Identity, Dropout outside of training, Cast to the type that is there.</summary>
internal sealed class IdentityRemoval : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(IdentityRemoval);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (GraphNode node in graph.Nodes)
        {
            // A node between an input or constant and an output stays: it is the copy that the caller gets.
            if (IsIdentity(node) && node is { Inputs: [{ } input, ..], Outputs: [{ } output, ..] } && !(output.IsOutput && (input.Producer is null || input.IsOutput)))
            {
                graph.Replace(output, input);
            }
        }
    }

    private static bool IsIdentity(GraphNode node) => node.Operator switch
    {
        Identity => true,
        Cast => node.Inputs[0]!.Info.Type == node.Outputs[0]?.Info.Type,
        Dropout => IsInference(node),
        _ => false,
    };

    private static bool IsInference(GraphNode node) =>
        (node.Outputs.Length < 2 || node.Outputs[1] is not { } mask || (mask.Consumers.Count == 0 && !mask.IsOutput))
        && (node.Inputs.Length < 3 || node.Inputs[2] is null || (node.Inputs[2]!.Constant as Numerics.Tensor<bool>)?.Span[0] == false);
}
