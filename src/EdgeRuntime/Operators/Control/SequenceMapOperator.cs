using Toolkit.EdgeRuntime.Planning;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a subgraph gives for every element of a sequence.</summary>
internal static class SequenceMapOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceMap op, NodeContext node) => new Kernel(node, op, node.CompileSubgraphs());

    private sealed class Kernel(NodeContext node, Onnx.Operators.SequenceMap op, Subprogram?[] body) : ControlKernel
    {
        private readonly Subprogram _body = body[0]!;
        private readonly OnnxType[] _elementTypes =
            [.. Enumerable.Range(0, node.OutputCount).Select(i => (node.OutputValueType(i) as SequenceType)?.Element ?? new TensorType(Numerics.ElementType.Undefined))];

        public override IReadOnlyList<Subprogram?> Subprograms => body;

        public override void Run(in ValueArguments arguments)
        {
            OnnxSequence first = arguments.Sequence(0);
            var outputs = new List<OnnxValue>[op.Body.Outputs.Count];
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = new List<OnnxValue>(first.Count);
            }

            long kept = 0;
            var fed = new OnnxValue[node.OperatorInputCount];
            for (int step = 0; step < first.Count; step++)
            {
                for (int i = 0; i < fed.Length; i++)
                {
                    fed[i] = arguments.Inputs[i] switch
                    {
                        OnnxSequence sequence when sequence.Count != first.Count =>
                            throw node.BadValue($"expected {first.Count} elements in the sequence of input {i}, as in that of input 0, got {sequence.Count}."),
                        OnnxSequence sequence => sequence[step],
                        var value => value!,
                    };
                }

                OnnxValue[] results = _body.Run(Feed(fed, arguments.Inputs[node.OperatorInputCount..]), arguments.Budget - kept, arguments.Workers);
                for (int i = 0; i < results.Length; i++)
                {
                    kept += results[i].Bytes;
                    outputs[i].Add(results[i]);
                }
            }

            for (int i = 0; i < arguments.OutputCount; i++)
            {
                arguments.SetOutput(i, new OnnxSequence(_elementTypes[i], [.. outputs[i]]));
            }
        }
    }
}
