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
        // 2⁶³, the first that is no int64.
        private const float Limit = 9223372036854775808f;

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
                int category = Find(x, i);
                if (category >= 0)
                {
                    y[(i * categories) + category] = 1;
                }
                else if (!_op.AllowsUnknown)
                {
                    throw _node.BadValue($"expected elements that have a category, got {x switch { Tensor<string> t => $"'{t.Span[i]}'", Tensor<float> t => t.Span[i], Tensor<double> t => t.Span[i], _ => Whole(x, i) }}.");
                }
            }
        }

        // The category, -1 where there is none: real numbers are truncated, and those that no integer is near have none.
        private int Find(Tensor x, int index) => x switch
        {
            Tensor<string> texts => _strings.GetValueOrDefault(texts.Span[index], -1),
            Tensor<float> single when !(MathF.Abs(single.Span[index]) < Limit) => -1,
            Tensor<double> wide when !(Math.Abs(wide.Span[index]) < Limit) => -1,
            _ => _ints.GetValueOrDefault(Whole(x, index), -1),
        };

        private static long Whole(Tensor x, int index) => x switch
        {
            Tensor<float> single => (long)single.Span[index],
            Tensor<double> wide => (long)wide.Span[index],
            Tensor<int> int32 => int32.Span[index],
            _ => ((Tensor<long>)x).Span[index],
        };
    }
}
