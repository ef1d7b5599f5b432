using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Recurrent layers in float64, element by element, as ONNX's pages write them.</summary>
internal static class RecurrentReference
{
    /// <summary>Y, Y_h and, of an LSTM, Y_c.</summary>
    public static Tensor[] Run(O.RecurrentOperator op, Tensor?[] inputs)
    {
        (Tensor x, Tensor w, Tensor r) = (inputs[0]!, inputs[1]!, inputs[2]!);
        int steps = x.Shape[op.BatchFirst ? 1 : 0];
        int batch = x.Shape[op.BatchFirst ? 0 : 1];
        (int directions, int hidden, int width) = (r.Shape[0], r.Shape[2], x.Shape[2]);
        int length = r.Shape[1];
        double[] xs = Elements.Of(x);
        double[] ws = Elements.Of(w);
        double[] rs = Elements.Of(r);
        double[] bs = At(3) is { } b ? Elements.Of(b) : new double[directions * 2 * length];
        double[] lengths = At(4) is { } l ? Elements.Of(l) : [.. Enumerable.Repeat((double)steps, batch)];
        double[] ps = At(7) is { } p ? Elements.Of(p) : new double[directions * 3 * hidden];
        var y = new double[steps * directions * batch * hidden];
        var yh = new double[directions * batch * hidden];
        var yc = new double[directions * batch * hidden];
        for (int d = 0; d < directions; d++)
        {
            (double[] dw, double[] dr, double[] db, double[] dp) = (Slice(ws, length * width), Slice(rs, length * hidden), Slice(bs, 2 * length), Slice(ps, 3 * hidden));
            bool reverse = d == 1 || op.Direction == O.RecurrentDirection.Reverse;
            for (int n = 0; n < batch; n++)
            {
                int state = op.BatchFirst ? ((n * directions) + d) * hidden : ((d * batch) + n) * hidden;
                double[] h = At(5) is { } h0 ? Elements.Of(h0)[state..(state + hidden)] : new double[hidden];
                double[] c = At(6) is { } c0 ? Elements.Of(c0)[state..(state + hidden)] : new double[hidden];
                for (int s = 0; s < (int)lengths[n]; s++)
                {
                    int t = reverse ? (int)lengths[n] - 1 - s : s;
                    int from = (op.BatchFirst ? (n * steps) + t : (t * batch) + n) * width;
                    (h, c) = Step(op, d, xs[from..(from + width)], h, c, dw, dr, db, dp);
                    int at = op.BatchFirst ? ((((n * steps) + t) * directions) + d) * hidden : ((((t * directions) + d) * batch) + n) * hidden;
                    h.CopyTo(y, at);
                }

                h.CopyTo(yh, state);
                c.CopyTo(yc, state);
            }

            double[] Slice(double[] all, int size) => all[(d * size)..((d + 1) * size)];
        }

        Shape states = op.BatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        Tensor[] result =
        [
            Elements.From(x.ElementType, op.BatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden], y),
            Elements.From(x.ElementType, states, yh),
        ];
        return op is O.LSTM ? [.. result, Elements.From(x.ElementType, states, yc)] : result;

        Tensor? At(int input) => input < inputs.Length ? inputs[input] : null;
    }

    private static (double[] H, double[] C) Step(O.RecurrentOperator op, int d, double[] x, double[] h, double[] c, double[] w, double[] r, double[] b, double[] p)
    {
        int size = h.Length;
        int length = b.Length / 2;
        double[] input = [.. Enumerable.Range(0, length).Select(g => b[g] + Dot(w, g, x))];
        double[] next = new double[size];
        double[] cell = [.. c];
        double[] reset = new double[size];
        double[] gate = op is O.GRU ? [.. Enumerable.Range(0, size).Select(j => Act(0, input[size + j] + b[length + size + j] + Dot(r, size + j, h)))] : [];
        for (int j = 0; j < size && op is O.GRU; j++)
        {
            reset[j] = gate[j] * h[j];
        }

        for (int j = 0; j < size; j++)
        {
            switch (op)
            {
                case O.RNN:
                    next[j] = Act(0, Gate(0));
                    break;
                case O.GRU gru:
                    double z = Act(0, Gate(0));
                    double inner = gru.LinearBeforeReset
                        ? gate[j] * (Dot(r, (2 * size) + j, h) + b[length + (2 * size) + j])
                        : Dot(r, (2 * size) + j, reset) + b[length + (2 * size) + j];
                    next[j] = ((1 - z) * Act(1, input[(2 * size) + j] + inner)) + (z * h[j]);
                    break;
                case O.LSTM lstm:
                    double i = Act(0, Gate(0) + (p[j] * c[j]));
                    double f = lstm.InputForget ? 1 - i : Act(0, Gate(2) + (p[(2 * size) + j] * c[j]));
                    cell[j] = (f * c[j]) + (i * Act(1, Gate(3)));
                    next[j] = Act(0, Gate(1) + (p[size + j] * cell[j])) * Act(2, cell[j], clips: false);
                    break;
            }

            double Gate(int g) => input[(g * size) + j] + b[length + (g * size) + j] + Dot(r, (g * size) + j, h);
        }

        return (next, cell);

        double Act(int index, double value, bool clips = true)
        {
            CellActivation activation = op.Activation(d, index);
            double v = clips && op.Clip is { } clip ? Math.Clamp(value, -clip, clip) : value;
            (double a, double k) = (activation.Alpha, activation.Beta);
            return activation.Kind switch
            {
                CellActivationKind.Tanh => Math.Tanh(v),
                CellActivationKind.Sigmoid => 1 / (1 + Math.Exp(-v)),
                CellActivationKind.Relu => Math.Max(0, v),
                CellActivationKind.Affine => (a * v) + k,
                CellActivationKind.LeakyRelu => v >= 0 ? v : a * v,
                CellActivationKind.ThresholdedRelu => v > a ? v : 0,
                CellActivationKind.ScaledTanh => a * Math.Tanh(k * v),
                CellActivationKind.HardSigmoid => Math.Clamp((a * v) + k, 0, 1),
                CellActivationKind.Elu => v >= 0 ? v : a * (Math.Exp(v) - 1),
                CellActivationKind.Softsign => v / (1 + Math.Abs(v)),
                _ => Math.Log(1 + Math.Exp(v)),
            };
        }
    }

    private static double Dot(double[] matrix, int row, double[] vector)
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            sum += matrix[(row * vector.Length) + i] * vector[i];
        }

        return sum;
    }
}
