using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Export.Quantization;

/// <summary>Moves what acts on the output channels of a product into its weights and its bias.</summary>
internal static class WeightFolding
{
    /// <summary>x · W + b with x [M, K], W [K, N] and b [N] as one Gemm.</summary>
    public static void JoinMatMulAndAdd(OnnxGraph graph)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            var view = new GraphView(graph);
            OnnxNode node = graph.Nodes[i];
            if (node.Operator is not MatMul || view.Shape(node.Inputs[0])?.Rank != 2 || view.Constant(node.Inputs[1]) is not { Shape: { Rank: 2 } weight }
                || view.OnlyReader(node.Outputs[0]) is not { Operator: Add } add)
            {
                continue;
            }

            string bias = add.Inputs[add.Inputs[0] == node.Outputs[0] ? 1 : 0];
            if (view.Constant(bias) is not { } summand || summand.Length != weight[1] || summand.Shape.Rank is 0 or > 2 || summand.Shape[^1] != weight[1])
            {
                continue;
            }

            string name = Store(graph, view, bias, summand.Reshape(new Shape(weight[1])));
            graph.Nodes[i] = new OnnxNode(node.Name, new Gemm(), [.. node.Inputs, name], add.Outputs);
            graph.Nodes.Remove(add);
        }
    }

    /// <summary>Multiplies a Gemm's alpha into its weights and its beta into its bias, and gives the bias a value for each output.</summary>
    public static void FoldFactors(OnnxGraph graph)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            var view = new GraphView(graph);
            if (graph.Nodes[i] is not { Operator: Gemm gemm } node || view.Constant(node.Inputs[1]) is not { } weight)
            {
                continue;
            }

            Tensor<float>? bias = Optional(node, 2) is { } name ? view.Constant(name) : null;
            if (Optional(node, 2) is not null && bias is null && gemm.Beta != 1)
            {
                continue;
            }

            string[] inputs = [.. node.Inputs];
            inputs[1] = gemm.Alpha == 1 ? inputs[1] : Store(graph, view, inputs[1], Scaled(weight, gemm.Alpha));
            int outputs = weight.Shape[gemm.TransB ? 0 : 1];
            if (bias is not null && PerOutput(bias, outputs) is var whole && (gemm.Beta != 1 || whole.Shape != bias.Shape))
            {
                inputs[2] = Store(graph, view, inputs[2], Scaled(whole, gemm.Beta));
            }

            graph.Nodes[i] = node with { Operator = gemm with { Alpha = 1, Beta = 1 }, Inputs = inputs };
        }
    }

    /// <summary>
    /// Conv, ConvTranspose or Gemm before a batch normalization takes it in: with f = scale / √(variance + ε), W' = W · f and b' = b · f + bias − mean · f.
    /// </summary>
    public static void FoldBatchNormalization(OnnxGraph graph)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            var view = new GraphView(graph);
            OnnxNode node = graph.Nodes[i];
            if (WeightLayout.Of(node, view) is not { HasWholeBias: true } layout
                || view.OnlyReader(node.Outputs[0]) is not { Operator: BatchNormalization { IsTraining: false, IsPerActivation: false } normalization } reader
                || reader.Inputs[0] != node.Outputs[0]
                || reader.Inputs.Skip(1).Select(view.Constant).ToArray() is not [{ } scale, { } shift, { } mean, { } variance] || scale.Length != layout.Outputs)
            {
                continue;
            }

            var factor = new double[layout.Outputs];
            var summand = new double[layout.Outputs];
            Tensor<float>? bias = Optional(node, 2) is { } name ? view.Constant(name) : null;
            for (int c = 0; c < layout.Outputs; c++)
            {
                factor[c] = scale.Span[c] / Math.Sqrt((double)variance.Span[c] + normalization.Epsilon);
                summand[c] = ((bias is null ? 0 : bias.Span[c]) * factor[c]) + shift.Span[c] - (mean.Span[c] * factor[c]);
            }

            // A variance below −ε has no root: the node alone says so with NaN.
            if (!Array.TrueForAll(factor, double.IsFinite) || !Array.TrueForAll(summand, double.IsFinite))
            {
                continue;
            }

            var weight = new Tensor<float>(layout.Weight.Shape);
            for (int w = 0; w < weight.Length; w++)
            {
                weight.Span[w] = (float)(layout.Weight.Span[w] * factor[layout.OutputOf(w)]);
            }

            string weightName = Store(graph, view, node.Inputs[1], weight);
            string biasName = Store(graph, view, bias is null ? reader.Inputs[2] : node.Inputs[2], Tensor.Vector<float>(Array.ConvertAll(summand, value => (float)value)));
            graph.Nodes[i] = node with { Inputs = [node.Inputs[0], weightName, biasName], Outputs = [reader.Outputs[0]] };
            graph.Nodes.Remove(reader);
        }
    }

    /// <summary>A node's optional input; null where it is left out.</summary>
    public static string? Optional(OnnxNode node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0 ? node.Inputs[input] : null;

    // In place where nobody else reads the constant, else beside it.
    private static string Store(OnnxGraph graph, GraphView view, string name, Tensor<float> value)
    {
        bool isShared = view.Readers(name).Count > 1 || view.IsOutput(name) || view.IsCaptured(name);
        string target = isShared ? ModelPreparation.Unique(ModelPreparation.ValueNames(graph), $"{name}_folded") : name;
        graph.Initializers[target] = value;
        return target;
    }

    // [1, N], [1] and a scalar say the same as [N]; a bias that differs from row to row stays as it is.
    private static Tensor<float> PerOutput(Tensor<float> bias, int outputs) =>
        bias.Length == 1 ? Tensor.Vector<float>([.. Enumerable.Repeat(bias.ToArray()[0], outputs)])
        : bias.Length == outputs && bias.Shape[^1] == outputs ? bias.Reshape(new Shape(outputs))
        : bias;

    private static Tensor<float> Scaled(Tensor<float> tensor, float factor) => new(tensor.Shape, Array.ConvertAll(tensor.ToArray(), value => value * factor));
}
