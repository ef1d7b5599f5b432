using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.OneHotEncoder;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>1 at an element's category, 0 elsewhere.</summary>
internal static class OneHotEncoderOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) =>
        node.InputType(0) == ElementType.String || FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op, node) : throw node.UnsupportedType(0);

    private sealed class Kernel : OperatorKernel
    {
        private readonly Record _op;
        private readonly NodeContext _node;
        private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
        private readonly Dictionary<long, int> _ints = [];

        public Kernel(Record op, NodeContext node)
        {
            (_op, _node) = (op, node);
            for (int i = 0; i < op.Strings?.Count; i++)
            {
                _strings[op.Strings[i]] = i;
            }

            for (int i = 0; i < op.Ints?.Count; i++)
            {
                _ints[op.Ints[i]] = i;
            }
        }

        public override void Run(in KernelArguments arguments)
        {
            Tensor x = arguments.InputTensor(0);
            Span<float> y = arguments.Output<float>(0);
            y.Clear();
            int categories = _op.Ints?.Count ?? _op.Strings!.Count;
            for (int i = 0; i < x.Length; i++)
            {
                bool isKnown = x is Tensor<string> texts ? _strings.TryGetValue(texts.Span[i], out int category) : _ints.TryGetValue(Whole(x, i), out category);
                if (isKnown)
                {
                    y[(i * categories) + category] = 1;
                }
                else if (!_op.AllowsUnknown)
                {
                    throw _node.BadValue($"expected elements that have a category, got {(x is Tensor<string> unknown ? $"'{unknown.Span[i]}'" : Whole(x, i))}.");
                }
            }
        }

        private static long Whole(Tensor x, int index) => x switch
        {
            Tensor<float> single => (long)single.Span[index],
            Tensor<double> wide => (long)wide.Span[index],
            Tensor<int> int32 => int32.Span[index],
            _ => ((Tensor<long>)x).Span[index],
        };
    }
}
