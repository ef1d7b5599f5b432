using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A sequence of the parts of a tensor along an axis.</summary>
internal static class SplitToSequenceOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SplitToSequence op, NodeContext node) => new Kernel(node, op);

    private sealed class Kernel(NodeContext node, Onnx.Operators.SplitToSequence op) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            Tensor data = arguments.Tensor(0);
            int axis = data.Shape.NormalizeAxis(op.Axis);
            int size = data.Shape[axis];
            List<int> parts = Parts(arguments.HasInput(1) ? arguments.Tensor(1) : null, size);
            if (arguments.Inputs[0]!.Bytes + (64L * parts.Count) > arguments.Budget)
            {
                throw node.BadValue("the sequence takes more memory than the run has left of OnnxLimits.MaxPlanBytes.");
            }

            bool keepsAxis = op.KeepDims || arguments.HasInput(1);
            var elements = new OnnxValue[parts.Count];
            int start = 0;
            for (int i = 0; i < elements.Length; i++)
            {
                elements[i] = new OnnxTensor(keepsAxis ? Part(data, axis, start, parts[i]) : TensorSlices.Take(data, axis, start));
                start += parts[i];
            }

            arguments.SetOutput(0, new OnnxSequence(new TensorType(data.ElementType), elements));
        }

        private List<int> Parts(Tensor? split, int size)
        {
            var parts = new List<int>();
            if (split is not null && !IntegerInput.Accepts(split.ElementType))
            {
                throw node.BadValue($"expected int32 or int64 sizes of parts, got {split.ElementType}.");
            }

            if (split is { Shape.Rank: > 0 })
            {
                long sum = 0;
                for (int i = 0; i < split.Length; i++)
                {
                    long part = IntegerInput.Read(split, i);
                    sum += part is >= 0 and <= int.MaxValue ? part : throw node.BadValue($"expected parts of 0 or more, got {part}.");
                    parts.Add((int)part);
                }

                return sum == size ? parts : throw node.BadValue($"expected parts whose sizes add up to {size}, got {sum}.");
            }

            long each = split is null ? 1 : IntegerInput.Read(split, 0);
            if (each <= 0)
            {
                throw node.BadValue($"expected parts of 1 or more, got {each}.");
            }

            for (long start = 0; start < size; start += each)
            {
                parts.Add((int)Math.Min(each, size - start));
            }

            return parts;
        }

        private static Tensor Part(Tensor data, int axis, int start, int size)
        {
            ReadOnlySpan<int> dimensions = data.Shape.Dimensions;
            Tensor part = Tensor.Create(data.ElementType, new Shape([.. dimensions[..axis], size, .. dimensions[(axis + 1)..]]));
            TensorSlices.TakeRange(data, part, axis, start);
            return part;
        }
    }
}
