;;; eglot.el --- Drives Eglot through the plan of run.py  -*- lexical-binding: t -*-
;; SPDX-License-Identifier: Apache-2.0

(load (expand-file-name "emacs.el" (file-name-directory load-file-name)) nil t)
(require 'eglot)
(require 'flymake)
(setq eglot-sync-connect (halint-plan 'patience) eglot-confirm-server-initiated-edits nil)

(defun halint-specs ()
  "The diagnostics of Flymake, each with the one of the protocol."
  (delq nil (mapcar (lambda (shown)
                      (let ((spec (alist-get 'eglot-lsp-diag (eglot--diag-data shown)))) (and spec (cons shown spec))))
                    (flymake-diagnostics))))

(setq halint-diagnostics
      (lambda ()
        (eglot--signal-textDocument/didChange)  ; Otherwise sent when Emacs is idle, which it never is here.
        (flymake-start)
        (mapcar (lambda (pair)
                  (let ((shown (car pair)))
                    (list :rule (plist-get (cdr pair) :code)
                          :line (line-number-at-pos (flymake-diagnostic-beg shown))
                          :severity (pcase (flymake-diagnostic-type shown)
                                      ('eglot-error "error") ('eglot-warning "warning") (_ "note"))
                          :text (buffer-substring-no-properties (flymake-diagnostic-beg shown) (flymake-diagnostic-end shown))
                          :message (plist-get (cdr pair) :message))))
                (halint-specs)))
      halint-request (lambda (method parameters)
                       (json-encode (jsonrpc-request (eglot--current-server-or-lose) (intern (concat ":" method)) parameters)))
      halint-raw (lambda (rule)
                   (json-encode (cdr (seq-find (lambda (pair) (equal (plist-get (cdr pair) :code) rule)) (halint-specs)))))
      halint-apply (lambda (edit)
                     (eglot--apply-workspace-edit (json-parse-string edit :object-type 'plist))))

(defun halint-elsewhere ()
  (vconcat (mapcan (lambda (file)
                     (mapcar (lambda (shown)
                               (let ((text (flymake-diagnostic-text shown)))
                                 (format "%s %s" (file-name-nondirectory (car file))
                                         (if (string-match "\\[\\([a-z-]+\\)\\]" text) (match-string 1 text) text))))
                             (cdr file)))
                   flymake-list-only-diagnostics)))

(defun halint-attach () (run-hooks 'post-command-hook))

(halint-open)
(halint-attach)
(halint-wait #'eglot-current-server)
(halint-follow-plan (halint-client 'eglot))
;;; eglot.el ends here
